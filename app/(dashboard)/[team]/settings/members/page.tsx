import type { Metadata } from 'next';
import { MembersSettings } from '#components/people/members-settings';

export const metadata: Metadata = { title: 'Members' };

export default function Members() {
  return <MembersSettings />;
}
