import type { Metadata } from 'next';
import { EditHost } from '#components/host/edit-host';

export const metadata: Metadata = { title: 'Edit host' };

export default async function EditHostPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <EditHost id={id} />;
}
