import type { Metadata } from 'next';
import { AddressStep } from '#components/host/address-step';

export const metadata: Metadata = { title: 'Add a host' };

export default function NewHostPage() {
  return <AddressStep />;
}
