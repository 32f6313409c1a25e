import type { Metadata } from 'next';
import { KeyStep } from '#components/host/key-step';

export const metadata: Metadata = { title: 'Add a host: key' };

export default function NewHostKeyPage() {
  return <KeyStep />;
}
