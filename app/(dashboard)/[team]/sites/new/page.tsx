import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NewSitePage } from '#components/site/new-site-page';

export const metadata: Metadata = { title: 'New site' };

export default function NewSite() {
  return (
    <Suspense>
      <NewSitePage />
    </Suspense>
  );
}
