import type { Metadata } from 'next';
import { SharedListPage } from '#components/shared/shared-list-page';

export const metadata: Metadata = { title: 'Shared list' };

export default async function SharedList({ params }: { params: Promise<{ list: string }> }) {
  const { list } = await params;
  return <SharedListPage id={list} />;
}
