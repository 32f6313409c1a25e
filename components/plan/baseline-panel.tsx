import { StatusBadge } from '#components/kit/status-badge';
import { Card } from '#components/ui/card';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import { probeTitles } from '../apply/probe-pairs';
import { plainOutput } from '../diff/visible-text';
import { probeLooks } from '../kit/looks/probe-looks';

/** What the sites answer before the apply: a fault that is there now never counts against it. */
export function BaselinePanel({ probes }: { probes: readonly ProbeOutcome[] }) {
  if (probes.length === 0) return null;
  const count = (status: ProbeOutcome['status']) => probes.filter((probe) => probe.status === status).length;
  const parts = [
    [count('passed'), 'pass'],
    [count('failed'), 'fail'],
    [count('skipped'), 'skipped'],
  ] as const;
  const summary = parts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ');
  return (
    <Card className="overflow-hidden text-sm">
      <details>
        <summary className="flex min-h-9 flex-wrap items-center gap-x-2 px-3 py-1.5">
          <span className="font-medium">Before the apply</span>
          <span className="text-muted-foreground">{summary}</span>
        </summary>
        <ul className="divide-y border-t">
          {probes.map((probe) => (
            <li key={`${probe.site} ${probe.kind}`} className="flex gap-2.5 px-3 py-1.5">
              <StatusBadge look={probeLooks[probe.status]} variant="icon" className="mt-0.5" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium">{probeTitles[probe.kind]}</span>
                <span className="text-muted-foreground">
                  {' '}
                  · {probe.site} · {plainOutput(probe.message)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}
