'use client';
import { ChevronDown, Link2, Pencil } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { CopyButton } from '#components/kit/copy-button';
import { Alert } from '#components/ui/alert';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { Checkbox } from '#components/ui/checkbox';
import { cn } from '#components/ui/cn';
import { Label } from '#components/ui/label';
import type { Change } from '#core/change/change';
import { diffWhole } from '#core/plan/diff';
import type { ServerKind } from '#core/web-server/render-target';
import { ChangeCounts } from '../diff/change-counts';
import { diffedChange } from '../diff/change-lines';
import { actionTitles, describeChange, isBeforeHidden, sidesOf } from '../diff/change-text';
import { DiffBody, type DiffMode, ThreeWayBody } from '../diff/diff-body';
import { PathText } from '../diff/path-text';
import { Segmented } from '../diff/segmented';

const actionTones = {
  create: 'ok',
  update: 'info',
  delete: 'danger',
  noop: 'neutral',
} as const satisfies Record<Change['action'], BadgeTone>;

const comparisons = [
  { value: 'plan', title: 'On the host → planned' },
  { value: 'hand', title: 'Changed by hand' },
  { value: 'three', title: 'Three-way' },
] as const;
export type Comparison = (typeof comparisons)[number]['value'];

interface Props {
  id: string;
  server: ServerKind;
  hostName: string;
  change: Change;
  mode: DiffMode;
  wrap: boolean;
  comparison: Comparison;
  onComparison: (comparison: Comparison) => void;
  viewed: boolean;
  onViewed: (viewed: boolean) => void;
  /** What people say about it. */
  discussion: ReactNode;
}

/** One file of the review. */
export function FileCard({
  id,
  server,
  hostName,
  change,
  mode,
  wrap,
  comparison,
  onComparison,
  viewed,
  onViewed,
  discussion,
}: Props) {
  const [openByHand, setOpenByHand] = useState<boolean | null>(null);
  const open = openByHand ?? !viewed;
  const bodyId = useId();
  const { counts } = diffedChange(change);
  const facts = describeChange(change);
  return (
    <article
      id={id}
      data-review-file
      tabIndex={-1}
      aria-label={change.path}
      className="min-w-0 scroll-mt-28 rounded-lg border bg-card shadow-xs lg:scroll-mt-16"
    >
      <header className="sticky top-23 z-10 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-t-lg border-b bg-card px-2 py-1.5 lg:top-11">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={bodyId}
          aria-label={`${open ? 'Fold' : 'Unfold'} ${change.path}`}
          className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted-foreground hover:bg-accent"
          onClick={() => setOpenByHand(!open)}
        >
          <ChevronDown className={cn('size-4 transition-transform', !open && '-rotate-90')} />
        </button>
        <h3 className="min-w-0 font-normal max-sm:basis-[calc(100%-2.5rem)]">
          <PathText path={change.path} />
        </h3>
        <CopyButton value={change.path} label="Copy path" />
        <Badge tone={actionTones[change.action]}>{actionTitles[change.action]}</Badge>
        {change.drifted && (
          <Badge tone="warning">
            <Pencil />
            changed by hand
          </Badge>
        )}
        {change.after.kind === 'link' && (
          <Badge tone="outline">
            <Link2 />
            link
          </Badge>
        )}
        <div className="ml-auto flex items-center gap-3 pr-1">
          {counts.added + counts.removed > 0 && <ChangeCounts counts={counts} bar />}
          <Label className="h-6 cursor-pointer font-normal text-xs">
            <Checkbox
              data-viewed-toggle
              checked={viewed}
              onCheckedChange={(checked) => {
                setOpenByHand(null);
                onViewed(checked === true);
              }}
            />
            Viewed
          </Label>
        </div>
      </header>
      <div id={bodyId} hidden={!open} className="overflow-hidden rounded-b-lg">
        {(facts.length > 0 || change.role === 'include' || change.handOver) && (
          <ul className="flex flex-wrap gap-x-4 gap-y-0.5 border-b bg-muted/40 px-3 py-1.5 last:border-b-0 text-muted-foreground text-xs [overflow-wrap:anywhere]">
            {change.role === 'include' && (
              <li className="text-warning">This file is not ours: only the marked lines are touched</li>
            )}
            {change.handOver && (
              <li className="text-warning">
                {change.handOver.act === 'take'
                  ? 'This file is not ours: the removed lines are taken over, and undoing the apply brings them back'
                  : 'This file is not ours: what an earlier apply took over comes back, from the copy that the host kept'}
              </li>
            )}
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
        {change.drifted && change.action !== 'noop' && (
          <Drift change={change} comparison={comparison} onComparison={onComparison} />
        )}
        {open && (
          <FileBody
            server={server}
            hostName={hostName}
            change={change}
            mode={mode}
            wrap={wrap}
            comparison={comparison}
          />
        )}
        {open && <div className="border-t px-3 py-2">{discussion}</div>}
      </div>
    </article>
  );
}

function Drift({ change, comparison, onComparison }: Pick<Props, 'change' | 'comparison' | 'onComparison'>) {
  const comparable = change.lastApplied !== null && change.beforeContent !== null;
  return (
    <div className="border-b p-2">
      <Alert tone="warning" title="Somebody changed this file on the host since our last apply">
        {comparable
          ? `This plan ${change.action === 'delete' ? 'deletes the file with' : 'replaces'} that edit. To keep it, put it into the site first.`
          : change.before.kind === 'absent'
            ? 'It was deleted by hand; this plan puts it back.'
            : 'The text that we applied last, or the text there now, is not known, so there is nothing to compare.'}
      </Alert>
      {comparable && (
        <Segmented
          label="What to compare"
          value={comparison}
          onValue={onComparison}
          options={comparisons}
          className="mt-2"
        />
      )}
    </div>
  );
}

function FileBody({
  server,
  hostName,
  change,
  mode,
  wrap,
  comparison,
}: Pick<Props, 'server' | 'hostName' | 'change' | 'mode' | 'wrap' | 'comparison'>) {
  // Hosts of one plan have files at the same paths.
  const file = `${change.path} on ${hostName}`;
  const { before, after } = sidesOf(change);
  const { lastApplied } = change;
  if (change.drifted && lastApplied !== null && before !== null && comparison !== 'plan') {
    if (comparison === 'three') {
      return (
        <ThreeWayBody
          server={server}
          label={`Three-way comparison of ${file}`}
          last={lastApplied}
          live={before}
          planned={after}
        />
      );
    }
    return (
      <DiffBody
        server={server}
        label={`What was changed by hand in ${file}`}
        lines={diffWhole(lastApplied, before)}
        twoSided
        sides={['Last applied', 'On the host now']}
        mode={mode}
        wrap={wrap}
      />
    );
  }
  // What happens to a link, or to a text that is not known, is said in words above.
  if (after === null && (before === null || isBeforeHidden(change))) return null;
  const { lines } = diffedChange(change);
  if (lines.length === 0)
    return <p className="px-3 py-2 text-muted-foreground text-sm">The file is empty.</p>;
  return (
    <DiffBody
      server={server}
      label={`Changes in ${file}`}
      lines={lines}
      twoSided={before !== null && after !== null}
      sides={['On the host now', 'Planned']}
      mode={mode}
      wrap={wrap}
    />
  );
}
