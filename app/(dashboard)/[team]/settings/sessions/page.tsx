import type { Metadata } from 'next';
import { SessionsSettings } from '#components/team/sessions-settings';

export const metadata: Metadata = { title: 'Where you are signed in' };

export default function Sessions() {
  return <SessionsSettings />;
}
