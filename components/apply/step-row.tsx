import { Check, ChevronRight, Minus, X } from 'lucide-react';
import type { Step } from '#api/contract/applies';
import { cn } from '#components/ui/cn';
import { plainOutput } from '../diff/visible-text';
import { formatStepDuration } from '../kit/duration';
import { stepWords } from './step-words';
import { ToolOutput } from './tool-output';

const words = {
  running: 'running',
  ok: 'done',
  failed: 'failed',
  skipped: 'skipped',
  ahead: 'to come',
} as const;

interface Props {
  step: Step;
  /** On the way back even a step that went well is no good news. */
  undo: boolean;
  nowMs: number;
  /** A step counts as failed when nothing will finish it. */
  over: boolean;
}

/** One step: what it is, how it went, how long it took and what the host said. */
export function StepRow({ step, undo, nowMs, over }: Props) {
  const { title, why } = stepWords[step.name];
  const running = step.status === 'running' && !over;
  const endMs = step.finishedAt ? Date.parse(step.finishedAt) : running ? nowMs : null;
  const duration = endMs === null ? null : endMs - Date.parse(step.startedAt);
  const message = plainOutput(step.message).trim();
  return (
    <li className="relative flex gap-3 pb-2.5 last:pb-0">
      <StepDot status={running ? 'running' : step.status} undo={undo} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <p
            className={cn(
              'text-sm',
              step.status === 'failed' && 'font-medium text-danger',
              step.status === 'skipped' && 'text-muted-foreground',
            )}
          >
            {title}
            <span className="sr-only">
              : {running ? words.running : step.status === 'running' ? 'no answer' : words[step.status]}
            </span>
            {step.status === 'running' && over && <span className="text-muted-foreground"> — no answer</span>}
            {step.status === 'skipped' && <span> — not needed</span>}
          </p>
          {duration !== null && (
            <span className="shrink-0 font-mono text-muted-foreground text-xs tabular-nums">
              {formatStepDuration(duration)}
            </span>
          )}
        </div>
        {running && <p className="text-muted-foreground text-xs">{why}</p>}
        {message && (
          <p
            className={cn(
              'whitespace-pre-line text-xs [overflow-wrap:anywhere]',
              step.status === 'failed' ? 'text-foreground' : 'text-muted-foreground',
            )}
          >
            {message}
          </p>
        )}
        <StepOutput step={step} title={title} />
      </div>
    </li>
  );
}

function StepOutput({ step, title }: { step: Step; title: string }) {
  if (step.output.trim() === '') return null;
  const label = `output of “${title}”`;
  if (step.status === 'failed') return <ToolOutput text={step.output} label={label} className="mt-1.5" />;
  return (
    <details className="group mt-0.5">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-muted-foreground text-xs hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3 transition-transform group-open:rotate-90" aria-hidden />
        Output
      </summary>
      <ToolOutput text={step.output} label={label} className="mt-1" />
    </details>
  );
}

/** A step that has not begun. */
export function StepAhead({ name }: { name: Step['name'] }) {
  return (
    <li className="relative flex gap-3 pb-2.5 last:pb-0">
      <StepDot status="ahead" undo={false} />
      <p className="text-muted-foreground text-sm">
        {stepWords[name].title}
        <span className="sr-only">: {words.ahead}</span>
      </p>
    </li>
  );
}

function StepDot({ status, undo }: { status: Step['status'] | 'ahead'; undo: boolean }) {
  const done = undo ? 'bg-warning text-background' : 'bg-ok text-background';
  return (
    <span
      aria-hidden
      className={cn(
        'relative z-1 mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full [&>svg]:size-3',
        status === 'ok' && done,
        status === 'failed' && 'bg-danger text-background',
        status === 'skipped' && 'border bg-card text-muted-foreground',
        status === 'ahead' && 'border border-dashed bg-card',
        status === 'running' && (undo ? 'bg-warning' : 'bg-brand'),
      )}
    >
      {status === 'ok' && <Check strokeWidth={3} />}
      {status === 'failed' && <X strokeWidth={3} />}
      {status === 'skipped' && <Minus />}
      {status === 'running' && (
        <>
          <span
            className={cn(
              'absolute inset-0 animate-ping rounded-full opacity-60 motion-reduce:hidden',
              undo ? 'bg-warning' : 'bg-brand',
            )}
          />
          <span className="size-1.5 rounded-full bg-background" />
        </>
      )}
    </span>
  );
}
