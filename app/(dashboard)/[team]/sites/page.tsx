import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SitesPage } from '#components/site/sites-page';

export const metadata: Metadata = { title: 'Sites' };

export default function Sites() {
  return (
    <Suspense>
      <SitesPage />
    </Suspense>
  );
}
