import type { Metadata } from 'next';
import { SharedSitePage } from '#components/shared/shared-site-page';

export const metadata: Metadata = { title: 'Shared site' };

export default async function SharedSite({ params }: { params: Promise<{ list: string; site: string }> }) {
  const { list, site } = await params;
  return <SharedSitePage list={list} site={site} />;
}
