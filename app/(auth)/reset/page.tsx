import type { Metadata } from 'next';
import { ResetForm } from '#components/auth/reset-form';

export const metadata: Metadata = { title: 'New password' };

export default function Reset() {
  return <ResetForm />;
}
