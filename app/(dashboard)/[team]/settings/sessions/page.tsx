import type { Metadata } from 'next';
import { SignInSettings } from '#components/settings/sign-in-settings';

export const metadata: Metadata = { title: 'Your sign-in' };

export default function Sessions() {
  return <SignInSettings />;
}
