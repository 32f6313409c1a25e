'use client';
import { CircleCheck, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsInteger, useQueryState } from 'nuqs';
import { memo, type ReactNode } from 'react';
import type { SiteDetail } from '#api/contract/sites';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { useCreatePlan } from '#queries/plans';
import { PlanFailure } from '../plan-failure';

interface Props {
  /** The stored site, `null` for a new one. */
  site: SiteDetail | null;
  dirty: boolean;
  saving: boolean;
  message: string;
  onMessage: (message: string) => void;
}

/** The foot of the form: saving, and what comes after it. */
export const SaveBar = memo(function SaveBar({ site, dirty, saving, message, onMessage }: Props) {
  const team = useTeam();
  const router = useRouter();
  const plan = useCreatePlan(team.slug);
  const [saved] = useQueryState('saved', parseAsInteger);

  if (site && !dirty && saved === site.head) {
    const startPlan = () =>
      plan.mutate(
        { siteIds: [site.id] },
        { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
      );
    return (
      <Bar
        above={plan.isError && <PlanFailure error={plan.error} onRetry={startPlan} onDismiss={plan.reset} />}
      >
        <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-sm">
          <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
          <span>
            Revision {site.head} is saved.{' '}
            <span className="text-muted-foreground">
              {site.targets.length === 0 ? 'It runs nowhere yet.' : 'No host has changed yet.'}
            </span>
          </span>
        </p>
        <Button asChild variant="outline">
          <Link href={`/${team.slug}/sites/${site.id}`}>View site</Link>
        </Button>
        {team.can('plans.create') && site.targets.length > 0 && (
          <Button onClick={startPlan} pending={plan.isPending}>
            <ListChecks />
            Plan changes
          </Button>
        )}
      </Bar>
    );
  }
  return (
    <Bar>
      {site ? (
        <Input
          aria-label="What changed (optional)"
          placeholder="What changed, optional"
          maxLength={500}
          value={message}
          onChange={(event) => onMessage(event.target.value)}
          className="min-w-0 flex-1"
        />
      ) : (
        <p className="min-w-0 flex-1 truncate text-muted-foreground text-sm">Saving changes no host.</p>
      )}
      <Button type="submit" pending={saving} disabled={site !== null && !dirty} title="Ctrl S">
        {site ? 'Save' : 'Create site'}
      </Button>
    </Bar>
  );
});

function Bar({ above, children }: { above?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-20 -mx-1 flex flex-col gap-2 bg-background px-1 pb-4">
      {above}
      <div className="flex flex-wrap items-center gap-2 rounded-lg border bg-card p-2 pl-3 shadow-sm">
        {children}
      </div>
    </div>
  );
}
