import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EditSitePage } from '#components/site/edit-site-page';

export const metadata: Metadata = { title: 'Edit site' };

export default async function EditSite({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <EditSitePage id={id} />
    </Suspense>
  );
}
