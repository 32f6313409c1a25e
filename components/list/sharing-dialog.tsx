'use client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { List } from '#api/contract/lists';
import type { ShareLevel } from '#api/contract/sharing';
import { ProblemError } from '#api/problem-error';
import { CopyBox } from '#components/kit/copy-box';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '#components/ui/dialog';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { Skeleton } from '#components/ui/skeleton';
import { sharingQueries, useCreateLink, useRevokeLink, useShareList, useUnshareList } from '#queries/sharing';

const lifetimes = [
  { days: 1, label: '1 day' },
  { days: 7, label: '1 week' },
  { days: 30, label: '30 days' },
  { days: 365, label: '1 year' },
];

/** Who else sees a list: other teams, and anyone with a link. Each of them can be ended at once. */
export function SharingDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const team = useTeam();
  const shares = useQuery(sharingQueries.of(team.slug, list.id));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>Share {list.name}</DialogTitle>
          <DialogDescription>
            Nobody outside of {team.name} sees where its sites run, nor may apply them.
          </DialogDescription>
        </DialogHeader>
        {shares.isPending && <Skeleton className="h-32" />}
        {shares.isError && <ErrorState error={shares.error} onRetry={() => shares.refetch()} />}
        {shares.data && (
          <>
            <Teams list={list} teams={shares.data.teams} />
            <Links list={list} links={shares.data.links} />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

type Shares = NonNullable<ReturnType<typeof useShares>>;
const useShares = (team: string, id: string) => useQuery(sharingQueries.of(team, id)).data;

function Teams({ list, teams }: { list: List; teams: Shares['teams'] }) {
  const team = useTeam();
  const share = useShareList(team.slug, list.id);
  const unshare = useUnshareList(team.slug, list.id);
  const [name, setName] = useState('');
  const [level, setLevel] = useState<ShareLevel>('view');
  const issue =
    share.error instanceof ProblemError
      ? share.error.problem.issues.find(({ path }) => path[0] === 'team')
      : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    share.mutate({ team: name.trim(), level }, { onSuccess: () => setName('') });
  };
  return (
    <section aria-label="Teams" className="flex flex-col gap-3">
      <h3 className="font-semibold text-sm">Teams</h3>
      {teams.length > 0 && (
        <ul className="divide-y rounded-md border text-sm">
          {teams.map((each) => (
            <li key={each.id} className="flex min-h-11 items-center gap-2 px-3 py-1.5">
              <span className="min-w-0 flex-1 truncate font-medium">{each.team.name}</span>
              <Badge>{each.level === 'edit' ? 'may edit' : 'may look'}</Badge>
              <Button
                variant="outline"
                size="sm"
                pending={unshare.isPending && unshare.variables === each.id}
                onClick={() => unshare.mutate(each.id)}
              >
                Stop<span className="sr-only"> sharing with {each.team.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {unshare.isError && <ErrorState error={unshare.error} />}
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
        <FormField
          label="Team"
          hint="The first word of its addresses."
          error={issue && `${issue.message}. ${issue.hint ?? ''}`}
          className="min-w-40 flex-1"
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              autoComplete="off"
              maxLength={64}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FormField>
        <div className="flex items-start gap-2">
          <FormField label="May">
            {({ id }) => (
              <NativeSelect
                id={id}
                value={level}
                onChange={(event) => setLevel(event.target.value as ShareLevel)}
                className="border-border"
              >
                <option value="view">look</option>
                <option value="edit">edit</option>
              </NativeSelect>
            )}
          </FormField>
          <Button type="submit" className="mt-6" disabled={name.trim() === ''} pending={share.isPending}>
            Share
          </Button>
        </div>
      </form>
      {share.isError && !issue && <ErrorState error={share.error} />}
    </section>
  );
}

function Links({ list, links }: { list: List; links: Shares['links'] }) {
  const team = useTeam();
  const create = useCreateLink(team.slug, list.id);
  const revoke = useRevokeLink(team.slug, list.id);
  const [days, setDays] = useState(7);
  const url = create.data ? `${window.location.origin}/shared/${create.data.token}` : null;
  return (
    <section aria-label="Links" className="flex flex-col gap-3 border-t pt-4">
      <h3 className="font-semibold text-sm">Links</h3>
      <p className="text-muted-foreground text-sm">
        Anyone with a link sees names, public addresses and kinds of CI servers, until it expires.
      </p>
      {url && <CopyBox value={url} label="Copy link" />}
      {url && <p className="text-muted-foreground text-xs">Copy it now: it is shown only once.</p>}
      {links.length > 0 && (
        <ul className="divide-y rounded-md border text-sm">
          {links.map((link) => (
            <li key={link.id} className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-1.5">
              <code className="text-xs">{link.prefix}…</code>
              <span className="min-w-0 flex-1 text-muted-foreground text-xs">
                expires <RelativeTime at={link.expiresAt} />
                {link.lastUsedAt ? (
                  <>
                    , last opened <RelativeTime at={link.lastUsedAt} />
                  </>
                ) : (
                  ', never opened'
                )}
              </span>
              <Button
                variant="outline"
                size="sm"
                pending={revoke.isPending && revoke.variables === link.id}
                onClick={() => {
                  if (create.data?.id === link.id) create.reset();
                  revoke.mutate(link.id);
                }}
              >
                Revoke<span className="sr-only"> {link.prefix}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {(create.isError || revoke.isError) && <ErrorState error={create.error ?? revoke.error} />}
      <div className="flex flex-wrap items-center gap-2">
        <NativeSelect
          aria-label="The link expires after"
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
          className="border-border"
        >
          {lifetimes.map((each) => (
            <option key={each.days} value={each.days}>
              {each.label}
            </option>
          ))}
        </NativeSelect>
        <Button variant="outline" pending={create.isPending} onClick={() => create.mutate(days)}>
          Make a link
        </Button>
      </div>
    </section>
  );
}
