import type { Metadata } from 'next';
import { SignInSettings } from '#components/team/sign-in-settings';

export const metadata: Metadata = { title: 'Your sign-in' };

export default function Sessions() {
  return <SignInSettings />;
}
