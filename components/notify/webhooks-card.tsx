'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Webhook } from '#api/contract/webhooks';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { eventLabels } from '#core/notify/event-words';
import { webhookQueries } from '#queries/webhooks';
import { DeliveryBadge } from './delivery-badge';

const WebhookDialog = later(() => import('./webhook-dialog').then((module) => module.WebhookDialog));

/** The team's webhooks, a row each; its page has the log. */
export function WebhooksCard({ lists }: { lists: readonly { id: string; name: string }[] }) {
  const team = useTeam();
  const webhooks = useQuery(webhookQueries.list(team.slug));
  const [adding, setAdding] = useState(false);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Webhooks</CardTitle>
          <CardDescription>Events of {team.name} for a chat or for your own programs.</CardDescription>
        </div>
        <Button size="sm" onClick={() => setAdding(true)}>
          <Plus />
          Add webhook
        </Button>
      </CardHeader>
      {webhooks.isPending && <Skeleton className="m-4 h-20" />}
      {webhooks.isError && (
        <div className="p-4">
          <ErrorState error={webhooks.error} onRetry={() => webhooks.refetch()} />
        </div>
      )}
      {webhooks.data?.items.length === 0 && (
        <EmptyState icon={WebhookIcon} title="No webhooks" className="py-8">
          Add the incoming webhook of a chat, or an address of yours that checks our signature.
        </EmptyState>
      )}
      {webhooks.data && webhooks.data.items.length > 0 && (
        <ul className="divide-y">
          {webhooks.data.items.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
      {adding && <WebhookDialog lists={lists} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const team = useTeam();
  const { id, name, urlHost, events, list, enabled, kind, lastDelivery } = webhook;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            href={`/${team.slug}/settings/notifications/${id}`}
            className="rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {name}
          </Link>
          <Badge tone="outline">{kind === 'slack' ? 'Chat' : 'JSON'}</Badge>
          {!enabled && <Badge tone="warning">Off</Badge>}
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          <code>{urlHost}</code>
          {': '}
          {events.map((event) => eventLabels[event]).join(', ')}
          {list && `; only ${list.name}`}
        </p>
      </div>
      {lastDelivery ? (
        <DeliveryBadge delivery={lastDelivery} />
      ) : (
        <span className="text-muted-foreground text-xs">Nothing sent yet</span>
      )}
    </li>
  );
}
