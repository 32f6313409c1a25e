import type { Metadata } from 'next';
import { PlanList } from '#components/plan/plan-list';

export const metadata: Metadata = { title: 'Plans' };

export default function PlansPage() {
  return <PlanList />;
}
