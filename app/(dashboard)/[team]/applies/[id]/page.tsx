import type { Metadata } from 'next';
import { ApplyView } from '#components/apply/apply-view';

export const metadata: Metadata = { title: 'Apply' };

export default async function ApplyPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ApplyView id={id} />;
}
