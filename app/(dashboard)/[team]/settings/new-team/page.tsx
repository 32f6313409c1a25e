import type { Metadata } from 'next';
import { NewTeam } from '#components/people/new-team';

export const metadata: Metadata = { title: 'New team' };

export default function NewTeamPage() {
  return <NewTeam />;
}
