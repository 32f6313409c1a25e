import { ArrowRight } from 'lucide-react';
import type { Apply } from '#api/contract/applies';
import { StatusBadge } from '#components/kit/status-badge';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { plainOutput } from '../diff/visible-text';
import { formatDuration } from '../kit/duration';
import { probeLooks } from '../kit/looks/probe-looks';
import { type ProbePair, pairProbes, probeTitles } from './probe-pairs';

type Probe = Apply['targets'][number]['probes'][number];

const verdicts: Partial<Record<ProbePair['verdict'], [string, BadgeTone]>> = {
  fixed: ['works now', 'ok'],
  broken: ['worked before', 'danger'],
  'still-failing': ['failed before too', 'warning'],
};

/** What the sites answered before and after, side by side. */
export function ProbeTable({ probes }: { probes: readonly Probe[] }) {
  const pairs = pairProbes(probes);
  if (pairs.length === 0) return null;
  // At the first apply of a site there is no before to compare with.
  const compared = pairs.some((pair) => pair.before !== null);
  const several = new Set(pairs.map((pair) => pair.site)).size > 1;
  return (
    <section aria-label="Probes" className="border-t">
      <table className="w-full text-sm max-sm:block">
        <caption className="sr-only">Probes through the proxy, before and after</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b text-left text-muted-foreground text-xs">
            <th scope="col" className="w-44 px-4 py-2 font-medium">
              Probe
            </th>
            {compared && (
              <th scope="col" className="w-[38%] px-3 py-2 font-medium">
                Before
              </th>
            )}
            <th scope="col" className="px-3 py-2 pr-4 font-medium">
              {compared ? 'After' : 'Through the proxy'}
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {pairs.map((pair) => {
            const verdict = verdicts[pair.verdict];
            return (
              <tr
                key={`${pair.site} ${pair.kind}`}
                className="border-b align-top last:border-0 max-sm:block max-sm:px-4 max-sm:py-2"
              >
                <th
                  scope="row"
                  className="px-4 py-2 text-left font-medium max-sm:block max-sm:px-0 max-sm:py-0"
                >
                  {probeTitles[pair.kind]}
                  {several && (
                    <span className="block font-normal text-muted-foreground text-xs">{pair.site}</span>
                  )}
                </th>
                {compared && (
                  <td className="px-3 py-2 max-sm:block max-sm:px-0 max-sm:py-0.5">
                    <ProbeCell probe={pair.before} label="Before" />
                  </td>
                )}
                <td className="px-3 py-2 pr-4 max-sm:block max-sm:px-0 max-sm:py-0.5">
                  <span className="flex flex-wrap items-start gap-x-2 gap-y-1">
                    {compared && (
                      <ArrowRight
                        className="mt-0.5 size-3.5 shrink-0 text-muted-foreground max-sm:hidden"
                        aria-hidden
                      />
                    )}
                    <ProbeCell probe={pair.after} label={compared ? 'After' : null} />
                    {verdict && <Badge tone={verdict[1]}>{verdict[0]}</Badge>}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function ProbeCell({ probe, label }: { probe: Probe | null; label: string | null }) {
  const name = label && <span className="text-muted-foreground text-xs sm:hidden">{label}</span>;
  if (!probe) {
    return (
      <span className="flex gap-1.5 text-muted-foreground">
        {name}
        <span aria-hidden>–</span>
        <span className="sr-only">not probed</span>
      </span>
    );
  }
  return (
    <span className="flex min-w-0 flex-1 gap-1.5">
      {name}
      <StatusBadge look={probeLooks[probe.status]} variant="icon" className="self-start pt-0.5" />
      <span className="min-w-0 text-muted-foreground [overflow-wrap:anywhere]">
        {plainOutput(probe.message)}
        {probe.status !== 'skipped' && (
          <span className="whitespace-nowrap font-mono text-xs"> {formatDuration(probe.durationMs)}</span>
        )}
      </span>
    </span>
  );
}
