import type { Metadata } from 'next';
import { LinkedListPage } from '#components/shared/linked-list';

export const metadata: Metadata = {
  title: 'Shared list',
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
};

export default async function LinkedList({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <LinkedListPage token={token} />;
}
