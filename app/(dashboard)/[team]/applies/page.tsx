import type { Metadata } from 'next';
import { ApplyList } from '#components/apply/apply-list';

export const metadata: Metadata = { title: 'Applies' };

export default function AppliesPage() {
  return <ApplyList />;
}
