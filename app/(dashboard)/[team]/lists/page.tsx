import type { Metadata } from 'next';
import { ListsPage } from '#components/list/lists-page';

export const metadata: Metadata = { title: 'Lists' };

export default function Lists() {
  return <ListsPage />;
}
