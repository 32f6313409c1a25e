import type { Metadata } from 'next';
import { PlanReview } from '#components/plan/plan-review';

export const metadata: Metadata = { title: 'Plan' };

export default async function PlanPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PlanReview id={id} />;
}
