import type { Metadata } from 'next';
import { MembersSettings } from '#components/team/members-settings';

export const metadata: Metadata = { title: 'Members' };

export default function Members() {
  return <MembersSettings />;
}
