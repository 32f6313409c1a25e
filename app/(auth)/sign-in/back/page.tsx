import type { Metadata } from 'next';
import { SsoBack } from '#components/auth/sso-back';

export const metadata: Metadata = { title: 'Signing in' };

export default function Back() {
  return <SsoBack />;
}
