'use client';
import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { Apply, Step } from '#api/contract/applies';
import { StatusBadge } from '#components/kit/status-badge';
import { Card } from '#components/ui/card';
import { cn } from '#components/ui/cn';
import { stepsAfter } from '#core/plan/steps';
import { plainOutput } from '../diff/visible-text';
import { formatDuration } from '../kit/duration';
import { applyLooks } from '../kit/looks/apply-looks';
import { serverTitle } from '../kit/server-title';
import { ProbeTable } from './probe-table';
import { StepAhead, StepRow } from './step-row';
import { type Phase, phaseTitles, stepWords } from './step-words';
import { isOver } from './verdict-text';

interface Props {
  team: string;
  target: Apply['targets'][number];
  nowMs: number;
  /** The only one needs no heading of its own words for the failure: the verdict has them. */
  single: boolean;
}

/** The steps on one host, as they happen. */
export function TargetTimeline({ team, target, nowMs, single }: Props) {
  const over = isOver(target.status);
  const last = target.steps.at(-1);
  const ahead = over ? [] : stepsAfter(last?.name ?? null);
  const phases = groupByPhase(target.steps, ahead);
  const server = serverTitle(target.server);
  return (
    <Card className="overflow-hidden">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
        <h2 className="font-semibold text-sm [overflow-wrap:anywhere]">
          {server} on{' '}
          <Link
            href={`/${team}/hosts/${target.hostId}`}
            className="rounded-sm underline-offset-4 hover:underline"
          >
            {target.hostName}
          </Link>
        </h2>
        <StatusBadge look={applyLooks[target.status]} />
        <span className="ml-auto font-mono text-muted-foreground text-xs tabular-nums">
          {totalTime(target.steps)}
        </span>
      </header>
      {!single && target.failure && (
        <p className="border-b bg-danger-subtle/50 px-4 py-2 text-sm [overflow-wrap:anywhere]">
          {plainOutput(target.failure.message)}
        </p>
      )}
      <div className="px-4 py-3">
        {phases.map(({ phase, steps, ahead: coming }, index) => (
          <section
            key={`${phase}${index === 0 ? '' : index}`}
            aria-label={phaseTitles[phase]}
            className={cn(
              'grid gap-x-4 sm:grid-cols-[6rem_minmax(0,1fr)]',
              phase === 'undo' && '-mx-4 border-warning/30 border-y bg-warning-subtle/50 px-4 pt-3',
            )}
          >
            <h3
              className={cn(
                'flex items-center gap-1.5 self-start py-0.5 font-medium text-muted-foreground text-xs max-sm:mb-1.5',
                phase === 'undo' && 'text-warning',
              )}
            >
              {phase === 'undo' && <Undo2 className="size-3.5" aria-hidden />}
              {phaseTitles[phase]}
            </h3>
            <ol
              className={cn(
                'relative pb-3 before:absolute before:top-3 before:bottom-0 before:left-[7.5px] before:w-px before:bg-border',
                index === phases.length - 1 && 'before:bottom-5',
                phase === 'undo' && 'before:bg-warning/40',
              )}
            >
              {steps.map((step) => (
                <StepRow key={step.sequence} step={step} undo={phase === 'undo'} nowMs={nowMs} over={over} />
              ))}
              {coming.map((name) => (
                <StepAhead key={name} name={name} />
              ))}
            </ol>
          </section>
        ))}
        {phases.length === 0 && <p className="text-muted-foreground text-sm">No step has begun.</p>}
      </div>
      <ProbeTable probes={target.probes} />
    </Card>
  );
}

interface PhaseGroup {
  phase: Phase;
  steps: Step[];
  ahead: Step['name'][];
}

function groupByPhase(steps: readonly Step[], ahead: readonly Step['name'][]): PhaseGroup[] {
  const groups: PhaseGroup[] = [];
  const of = (phase: Phase) => {
    const last = groups.at(-1);
    if (last?.phase === phase) return last;
    const group: PhaseGroup = { phase, steps: [], ahead: [] };
    groups.push(group);
    return group;
  };
  for (const step of [...steps].sort((a, b) => a.sequence - b.sequence))
    of(stepWords[step.name].phase).steps.push(step);
  for (const name of ahead) of(stepWords[name].phase).ahead.push(name);
  return groups;
}

function totalTime(steps: readonly Step[]): string {
  const first = steps[0];
  const finished = steps.flatMap((step) => (step.finishedAt ? [Date.parse(step.finishedAt)] : []));
  if (!first || finished.length === 0) return '';
  return formatDuration(Math.max(...finished) - Date.parse(first.startedAt));
}
