import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HostSetup } from '#components/host/host-setup';
import { isSetupStep } from '#components/host/setup-step';

export const metadata: Metadata = { title: 'Add a host' };

export default async function HostSetupPage({ params }: { params: Promise<{ id: string; step: string }> }) {
  const { id, step } = await params;
  if (!isSetupStep(step)) notFound();
  return <HostSetup id={id} step={step} />;
}
