'use client';
import { Globe } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '#components/kit/empty-state';
import { useTeam } from '#components/kit/team-context';
import { presetChoices } from './preset-choices';

/** The empty list: what a site is, and a start for each CI server. */
export function NoSites() {
  const team = useTeam();
  const mayWrite = team.can('sites.write');
  return (
    <div className="rounded-lg border border-dashed">
      <EmptyState icon={Globe} title="No sites yet" className="pb-4">
        A site is one CI server under its public name.{' '}
        {mayWrite
          ? 'Choose yours: the defaults fit it, and you review everything before it goes anywhere.'
          : 'An editor of this team can make one.'}
      </EmptyState>
      {mayWrite && (
        <ul className="mx-auto grid max-w-3xl gap-2 px-4 pb-10 sm:grid-cols-2 lg:grid-cols-3">
          {presetChoices.map(({ id, title, summary }) => (
            <li key={id}>
              <Link
                href={`/${team.slug}/sites/new?preset=${id}`}
                className="block h-full rounded-lg border bg-card px-3 py-2.5 shadow-xs transition-colors hover:border-input hover:bg-accent/40"
              >
                <span className="block font-medium text-sm">{title}</span>
                <span className="block text-muted-foreground text-xs">{summary}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
