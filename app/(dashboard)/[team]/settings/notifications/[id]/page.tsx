import type { Metadata } from 'next';
import { WebhookPage } from '#components/notify/webhook-page';

export const metadata: Metadata = { title: 'Webhook' };

export default async function Webhook({ params }: { params: Promise<{ id: string }> }) {
  return <WebhookPage id={(await params).id} />;
}
