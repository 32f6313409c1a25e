import type { Metadata } from 'next';
import { HostPage } from '#components/host/host-page';

export const metadata: Metadata = { title: 'Host' };

export default async function HostDetailPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <HostPage id={id} />;
}
