import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SitePage } from '#components/site/detail/site-page';

export const metadata: Metadata = { title: 'Site' };

export default async function Site({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <SitePage id={id} />
    </Suspense>
  );
}
