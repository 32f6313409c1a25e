import type { Metadata } from 'next';
import { PoliciesSettings } from '#components/policy/policies-settings';

export const metadata: Metadata = { title: 'Policies' };

export default function Policies() {
  return <PoliciesSettings />;
}
