'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { parseAsInteger, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { Revision, SiteDetail } from '#api/contract/sites';
import { Segmented } from '#components/diff/segmented';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { LoadMore } from '#components/kit/load-more';
import { RelativeTime } from '#components/kit/relative-time';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { cn } from '#components/ui/cn';
import { NativeSelect } from '#components/ui/native-select';
import { Skeleton } from '#components/ui/skeleton';
import { describeChanges } from '#core/site/describe-changes';
import { siteQueries } from '#queries/sites';
import { DocumentDiff } from '../../diff/document-diff';
import { FieldChanges } from '../../diff/field-changes';

const ConfigDiff = later(() => import('../config-diff').then((module) => module.ConfigDiff));
const views = ['config', 'document'] as const;
const RestoreDialog = later(() => import('./restore-dialog').then((module) => module.RestoreDialog));

/** All revisions of a site; any two can be compared, any but the newest brought back. */
export function SiteRevisions({ site }: { site: SiteDetail }) {
  const team = useTeam();
  const revisions = useInfiniteQuery(siteQueries.revisions(team.slug, site.id));
  const rows = revisions.data?.pages.flatMap(({ items }) => items) ?? [];
  const [state, setState] = useQueryStates(
    { from: parseAsInteger, to: parseAsInteger },
    { history: 'replace' },
  );
  const to = state.to ?? site.head;
  const from = state.from ?? Math.max(1, to - 1);
  const [restoring, setRestoring] = useState<number | null>(null);
  if (revisions.isPending) return <RowsSkeleton rows={4} />;
  if (revisions.isError) return <ErrorState error={revisions.error} onRetry={() => revisions.refetch()} />;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Card>
        <ol className="divide-y max-lg:max-h-80 max-lg:overflow-y-auto">
          {rows.map((revision) => (
            <RevisionRow
              key={revision.number}
              revision={revision}
              site={site}
              shown={revision.number === to}
              onShow={() => setState({ to: revision.number, from: null })}
              onRestore={
                team.can('sites.write') && revision.number !== site.head
                  ? () => setRestoring(revision.number)
                  : null
              }
            />
          ))}
        </ol>
        <div className="px-4 pb-3 empty:hidden">
          <LoadMore query={revisions} />
        </div>
      </Card>
      <Card className="min-w-0 overflow-hidden">
        <CardHeader className="flex-wrap">
          <CardTitle>What changed</CardTitle>
          <div className="flex items-center gap-2 text-sm">
            <RevisionChoice
              label="From revision"
              value={from}
              rows={rows}
              onChange={(next) => setState({ from: next, to })}
            />
            <span className="text-muted-foreground">to</span>
            <RevisionChoice
              label="To revision"
              value={to}
              rows={rows}
              onChange={(next) => setState({ from, to: next })}
            />
          </div>
        </CardHeader>
        <RevisionDiff site={site} from={from} to={to} />
      </Card>
      {restoring !== null && (
        <RestoreDialog site={site} number={restoring} onClose={() => setRestoring(null)} />
      )}
    </div>
  );
}

interface RowProps {
  revision: Revision;
  site: SiteDetail;
  shown: boolean;
  onShow: () => void;
  onRestore: (() => void) | null;
}

function RevisionRow({ revision, site, shown, onShow, onRestore }: RowProps) {
  const hosts = revision.appliedTo;
  return (
    <li
      className={cn(
        'relative flex items-start gap-3 px-4 py-2.5 text-sm first:rounded-t-lg hover:bg-accent/50',
        shown && 'bg-accent/70',
      )}
    >
      <span className="w-6 shrink-0 text-right text-muted-foreground tabular-nums">{revision.number}</span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-pressed={shown}
          onClick={onShow}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 after:content-['']"
        >
          {revision.message || (revision.number === 1 ? 'First version' : 'Saved')}
        </button>
        <p className="truncate text-muted-foreground text-xs">
          {revision.author?.name ?? 'Somebody'}, <RelativeTime at={revision.createdAt} />
        </p>
        {(hosts.length > 0 || revision.number === site.head) && (
          <div className="mt-1 flex flex-wrap gap-1">
            {revision.number === site.head && <Badge>newest</Badge>}
            {hosts.map((host) => (
              <Badge key={host} tone="ok">
                runs on {host}
              </Badge>
            ))}
          </div>
        )}
      </div>
      {onRestore && (
        <Button
          variant="ghost"
          size="icon-sm"
          className="relative"
          aria-label={`Restore revision ${revision.number}`}
          title="Restore"
          onClick={onRestore}
        >
          <History />
        </Button>
      )}
    </li>
  );
}

interface ChoiceProps {
  label: string;
  value: number;
  rows: readonly Revision[];
  onChange: (number: number) => void;
}

function RevisionChoice({ label, value, rows, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      value={String(value)}
      onChange={(event) => onChange(Number(event.target.value))}
      className="h-7 border-border text-xs tabular-nums"
    >
      {rows.map(({ number, message }) => (
        <option key={number} value={String(number)}>
          {message ? `${number}: ${message.slice(0, 40)}` : number}
        </option>
      ))}
    </NativeSelect>
  );
}

/** In words, and line by line: of the document, or of what a web server gets. */
function RevisionDiff({ site, from, to }: { site: SiteDetail; from: number; to: number }) {
  const team = useTeam();
  const old = useQuery(siteQueries.revision(team.slug, site.id, from));
  const next = useQuery(siteQueries.revision(team.slug, site.id, to));
  const [view, setView] = useQueryState('diff', parseAsStringLiteral(views).withDefault('config'));
  const changes = useMemo(
    () => (old.data && next.data ? describeChanges(old.data.document, next.data.document) : []),
    [old.data, next.data],
  );
  const error = old.error ?? next.error;
  if (error) {
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={() => Promise.all([old.refetch(), next.refetch()])} />
      </div>
    );
  }
  if (!old.data || !next.data) return <Skeleton className="m-4 h-40" />;
  const sides = [`Revision ${from}`, `Revision ${to}`] as const;
  return (
    <>
      <section aria-label="Changed fields" className="px-4 py-3">
        <FieldChanges changes={changes} />
        {changes.length === 0 && <p className="text-muted-foreground text-sm">No field differs.</p>}
      </section>
      <div className="flex border-t px-4 py-2">
        <Segmented
          label="Compare"
          value={view}
          onValue={setView}
          options={[
            { value: 'config', title: 'Config' },
            { value: 'document', title: 'Document' },
          ]}
        />
      </div>
      {view === 'config' ? (
        <ConfigDiff
          from={old.data.document}
          to={next.data.document}
          sides={sides}
          targetIds={site.targets.map(({ targetId }) => targetId)}
        />
      ) : (
        <DocumentDiff
          label={`Revision ${from} against ${to}`}
          from={old.data.document}
          to={next.data.document}
          sides={sides}
        />
      )}
    </>
  );
}
