import type { Metadata } from 'next';
import { ApiReference } from '#components/settings/api-reference';

export const metadata: Metadata = { title: 'API reference' };

export default function Reference() {
  return <ApiReference />;
}
