'use client';
import { useQueries, useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Plan } from '#api/contract/plans';
import { RelativeTime } from '#components/shell/relative-time';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { applyQueries } from '#queries/applies';
import { siteQueries } from '#queries/sites';
import { plainOutput } from './visible-text';

interface Props {
  team: string;
  plan: Plan;
  /** Makes a new plan of the same sites; absent for people who may not. */
  onReplan: (() => void) | undefined;
  pending: boolean;
}

/** Says who or what moved since the plan was made. */
export function StalePanel({ team, plan, onReplan, pending }: Props) {
  const causes = useCauses(team, plan);
  return (
    <Alert
      tone="warning"
      title="This plan is out of date and can no longer be applied"
      action={
        onReplan && (
          <Button size="sm" onClick={onReplan} pending={pending}>
            <RefreshCw />
            Make a new plan
          </Button>
        )
      }
    >
      {causes.length > 0 ? (
        <ul className="list-disc pl-4">
          {causes.map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
      ) : (
        <p>
          What it was made from has changed on the host or in its sites since. What you marked as viewed stays
          marked where nothing moved.
        </p>
      )}
    </Alert>
  );
}

function useCauses(team: string, plan: Plan): { key: string; text: ReactNode }[] {
  const planned = new Map<string, number>();
  for (const target of plan.targets) {
    for (const site of target.sites) if (site.selected && site.to !== null) planned.set(site.siteId, site.to);
  }
  const sites = plan.sites.slice(0, 20);
  const revisions = useQueries({
    queries: sites.map((site) => ({
      ...siteQueries.revision(team, site.id, (planned.get(site.id) ?? 0) + 1),
      // Without a newer revision the answer is "not found", and that is an answer.
      retry: false,
      enabled: planned.has(site.id),
    })),
  });
  const attempt = useQuery({
    ...applyQueries.get(team, plan.applyId ?? ''),
    enabled: plan.applyId !== null,
  });
  const causes = sites.flatMap((site, index) => {
    const revision = revisions[index]?.data;
    if (!revision || !planned.has(site.id)) return [];
    const who = revision.author?.name ?? 'Somebody';
    return [
      {
        key: site.id,
        text: (
          <>
            {who} saved revision {revision.number} of{' '}
            <Link
              href={`/${team}/sites/${site.id}`}
              className="font-medium text-foreground underline-offset-4 hover:underline"
            >
              {site.name}
            </Link>{' '}
            <RelativeTime at={revision.createdAt} />.
          </>
        ),
      },
    ];
  });
  const failure = attempt.data?.failure;
  if (failure) causes.push({ key: 'attempt', text: <>{plainOutput(failure.message)}</> });
  return causes;
}
