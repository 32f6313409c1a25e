import type { Metadata } from 'next';
import { DriftPage } from '#components/drift/drift-page';

export const metadata: Metadata = { title: 'Drift' };

export default async function DriftFilePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <DriftPage id={id} />;
}
