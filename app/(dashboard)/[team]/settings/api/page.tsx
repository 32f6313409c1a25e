import type { Metadata } from 'next';
import { ApiReference } from '#components/team/api-reference';

export const metadata: Metadata = { title: 'API reference' };

export default function Reference() {
  return <ApiReference />;
}
