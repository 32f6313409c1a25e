'use client';
import { CircleCheck, Hourglass, LoaderCircle, type LucideIcon, TriangleAlert, Undo2 } from 'lucide-react';
import type { Apply } from '#api/contract/applies';
import { later } from '#components/kit/lazy-component';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { plainOutput } from '../diff/visible-text';
import { fieldHref } from '../kit/issue-order';
import { ResumeButton } from './resume-button';
import { SiteLinks } from './site-links';
import { UndoButton } from './undo-button';
import { isOver, type Tone, verdictOf } from './verdict-text';

// Needed where something failed, and nowhere else.
const FieldLink = later(() => import('./field-link').then((module) => module.FieldLink));
const RetryWhenFree = later(() => import('./retry-when-free').then((module) => module.RetryWhenFree));

const tones: Record<Tone, string> = {
  ok: 'border-ok/30 bg-ok-subtle/60 [&>svg]:text-ok',
  danger: 'border-danger/30 bg-danger-subtle/60 [&>svg]:text-danger',
  warning: 'border-warning/30 bg-warning-subtle/60 [&>svg]:text-warning',
  info: 'border-brand/25 bg-brand-subtle/50 [&>svg]:text-brand',
};

const icons: Record<Apply['status'], LucideIcon> = {
  queued: Hourglass,
  running: LoaderCircle,
  holding: Hourglass,
  succeeded: CircleCheck,
  failed: TriangleAlert,
  'rolled-back': Undo2,
  interrupted: TriangleAlert,
  cancelled: TriangleAlert,
};

interface Props {
  team: string;
  apply: Apply;
  /** Makes a new plan of the same sites; absent for people who may not. */
  onReplan: (() => void) | undefined;
  pending: boolean;
}

/** What happened to it, in one plain sentence, and what to do next. */
export function VerdictPanel({ team, apply, onReplan, pending }: Props) {
  const { tone, title, text } = verdictOf(apply);
  const Icon = icons[apply.status];
  const failure = apply.failure ?? apply.targets.find((target) => target.failure)?.failure ?? null;
  const failed = isOver(apply.status) && apply.status !== 'succeeded';
  const href =
    failure &&
    fieldHref(
      team,
      failure,
      apply.sites.map(({ id, name }) => ({ siteId: id, name })),
    );
  return (
    <div role="status" className={cn('flex gap-3 rounded-lg border px-4 py-3', tones[tone])}>
      <Icon
        className={cn('mt-0.5 size-5 shrink-0', apply.status === 'running' && 'animate-spin')}
        aria-hidden
      />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-semibold">{title}</p>
        <p className="max-w-prose">{plainOutput(text)}</p>
        {failed && failure?.hint && (
          <p className="mt-1 max-w-prose text-muted-foreground text-sm">{plainOutput(failure.hint)}</p>
        )}
        {failed && (
          <div className="mt-2.5 flex flex-wrap gap-2">
            {href && <FieldLink href={href} path={failure?.path ?? []} />}
            <ResumeButton apply={apply} />
            {onReplan && <RetryWhenFree apply={apply} onReplan={onReplan} />}
            {onReplan && (
              <Button size="sm" variant="outline" onClick={onReplan} pending={pending}>
                Make a new plan
              </Button>
            )}
          </div>
        )}
        {apply.status === 'succeeded' && <SiteLinks team={team} sites={apply.sites} />}
        {onReplan &&
          isOver(apply.status) &&
          apply.targets.some((target) => target.status === 'succeeded') && <UndoButton apply={apply} />}
      </div>
    </div>
  );
}
