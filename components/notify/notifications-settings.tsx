'use client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/kit/error-state';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { notificationQueries } from '#queries/notifications';
import { MailCard } from './mail-card';
import { WebhooksCard } from './webhooks-card';

/** What a person is told by e-mail, and where the team's events are sent. */
export function NotificationsSettings() {
  const team = useTeam();
  const own = useQuery(notificationQueries.get(team.slug));
  return (
    <div className="flex flex-col gap-5">
      {own.isPending && <RowsSkeleton rows={3} />}
      {own.isError && <ErrorState error={own.error} onRetry={() => own.refetch()} />}
      {own.data && <MailCard chosen={own.data} />}
      {team.can('webhooks.manage') && <WebhooksCard lists={own.data?.lists ?? []} />}
    </div>
  );
}
