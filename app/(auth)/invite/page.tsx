import type { Metadata } from 'next';
import { InvitePage } from '#components/auth/invite-page';

export const metadata: Metadata = { title: 'Invitation' };

export default function Invite() {
  return <InvitePage />;
}
