import type { Metadata } from 'next';
import { NewPlan } from '#components/plan/new-plan';

export const metadata: Metadata = { title: 'New plan' };

export default function NewPlanPage() {
  return <NewPlan />;
}
