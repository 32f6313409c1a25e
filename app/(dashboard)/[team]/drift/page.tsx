import type { Metadata } from 'next';
import { DriftInbox } from '#components/drift/drift-inbox';

export const metadata: Metadata = { title: 'Drift' };

export default function DriftInboxPage() {
  return <DriftInbox />;
}
