'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Inbox, Send } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Webhook } from '#api/contract/webhooks';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { LoadMore } from '#components/kit/load-more';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Switch } from '#components/ui/switch';
import { eventLabels } from '#core/notify/event-words';
import { notificationQueries } from '#queries/notifications';
import { useTestWebhook, useUpdateWebhook, webhookQueries } from '#queries/webhooks';
import { DeliveryRow } from './delivery-row';

const WebhookDialog = later(() => import('./webhook-dialog').then((module) => module.WebhookDialog));
const RemoveWebhookDialog = later(() =>
  import('./remove-webhook-dialog').then((module) => module.RemoveWebhookDialog),
);

/** One webhook: what it is told, and what happened to each message. */
export function WebhookPage({ id }: { id: string }) {
  const team = useTeam();
  const webhook = useQuery(webhookQueries.get(team.slug, id));
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm">
        <Link
          href={`/${team.slug}/settings/notifications`}
          className="rounded-sm text-muted-foreground hover:text-foreground"
        >
          ← All notifications
        </Link>
      </p>
      {webhook.isPending && <RowsSkeleton rows={3} />}
      {webhook.isError && <ErrorState error={webhook.error} onRetry={() => webhook.refetch()} />}
      {webhook.data && <WebhookCard webhook={webhook.data} />}
      {webhook.data && <DeliveryLog webhook={webhook.data} />}
    </div>
  );
}

function WebhookCard({ webhook }: { webhook: Webhook }) {
  const team = useTeam();
  const own = useQuery(notificationQueries.get(team.slug));
  const update = useUpdateWebhook(team.slug, webhook.id);
  const [dialog, setDialog] = useState<'change' | 'remove' | null>(null);
  const { name, urlHost, kind, events, list, enabled } = webhook;
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="min-w-0 py-1">
          <CardTitle className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
            {name}
            <Badge tone="outline">{kind === 'slack' ? 'Chat' : 'JSON'}</Badge>
          </CardTitle>
          <CardDescription>
            <code className="text-xs [overflow-wrap:anywhere]">{urlHost}</code>
          </CardDescription>
        </div>
        <div className="flex items-center gap-2">
          <Button variant="outline" size="sm" onClick={() => setDialog('change')}>
            Change
          </Button>
          <Button variant="outline" size="sm" onClick={() => setDialog('remove')}>
            Remove
          </Button>
        </div>
      </CardHeader>
      <CardContent className="flex flex-col gap-3 text-sm">
        <p>
          <span className="text-muted-foreground">Sends</span>{' '}
          {events.map((event) => eventLabels[event]).join(', ')}
          <span className="text-muted-foreground"> of </span>
          {list ? `sites in ${list.name}` : 'all sites'}
        </p>
        <div className="flex items-center gap-2.5">
          <Switch
            id="webhook-enabled"
            checked={enabled}
            disabled={update.isPending}
            onCheckedChange={(next) => update.mutate({ enabled: next })}
          />
          <label htmlFor="webhook-enabled">{enabled ? 'On' : 'Off: nothing is sent'}</label>
        </div>
        {update.isError && <ErrorState error={update.error} />}
      </CardContent>
      {dialog === 'change' && (
        <WebhookDialog webhook={webhook} lists={own.data?.lists ?? []} onClose={() => setDialog(null)} />
      )}
      {dialog === 'remove' && <RemoveWebhookDialog webhook={webhook} onClose={() => setDialog(null)} />}
    </Card>
  );
}

function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const team = useTeam();
  const deliveries = useInfiniteQuery(webhookQueries.deliveries(team.slug, webhook.id));
  const test = useTestWebhook(team.slug, webhook.id);
  const rows = deliveries.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div>
      <Card>
        <CardHeader>
          <div className="py-1">
            <CardTitle>Messages</CardTitle>
            <CardDescription>Newest first; settled ones are kept for 30 days.</CardDescription>
          </div>
          <Button
            size="sm"
            variant="outline"
            pending={test.isPending}
            disabled={!webhook.enabled}
            onClick={() => test.mutate(undefined, { onSuccess: () => toast.success('A test is on its way') })}
          >
            <Send />
            Send a test
          </Button>
        </CardHeader>
        {test.isError && (
          <div className="p-4">
            <ErrorState error={test.error} />
          </div>
        )}
        {deliveries.isPending && <RowsSkeleton rows={3} />}
        {deliveries.isError && (
          <div className="p-4">
            <ErrorState error={deliveries.error} onRetry={() => deliveries.refetch()} />
          </div>
        )}
        {deliveries.isSuccess && rows.length === 0 && (
          <EmptyState icon={Inbox} title="Nothing has been sent yet" className="py-8">
            Send a test to see whether messages arrive.
          </EmptyState>
        )}
        {rows.length > 0 && (
          <ul aria-label="Messages" className="divide-y">
            {rows.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} enabled={webhook.enabled} />
            ))}
          </ul>
        )}
      </Card>
      <LoadMore query={deliveries} />
    </div>
  );
}
