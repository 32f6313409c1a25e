import type { Metadata } from 'next';
import { PeopleSettings } from '#components/people/people-settings';

export const metadata: Metadata = { title: 'People' };

export default function People() {
  return <PeopleSettings />;
}
