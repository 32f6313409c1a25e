'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { PersonDetail } from '#api/contract/people';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { LoadMore } from '#components/kit/load-more';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Input } from '#components/ui/input';
import { peopleQueries } from '#queries/people';
import { AdministratorsOnly } from '../kit/administrators-only';
import { type AskedChange, PersonRow } from './person-row';

const ChangePersonDialog = later(() =>
  import('./change-person-dialog').then((module) => module.ChangePersonDialog),
);
const ResetLinkDialog = later(() => import('./reset-link-dialog').then((module) => module.ResetLinkDialog));

/** Everybody who can sign in to this installation. */
export function PeopleSettings() {
  const { user } = useTeam();
  return user.administrator ? <People /> : <AdministratorsOnly />;
}

function People() {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const people = useInfiniteQuery({ ...peopleQueries.list(search), placeholderData: keepPreviousData });
  const [changing, setChanging] = useState<AskedChange | null>(null);
  const [resetting, setResetting] = useState<PersonDetail | null>(null);
  const rows = people.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="py-1">
          <CardTitle>People of this installation</CardTitle>
          <CardDescription>Of all teams. New people come by a team’s invitation.</CardDescription>
        </div>
        <Input
          type="search"
          aria-label="Search people"
          placeholder="Name or e-mail"
          className="w-56"
          data-page-search
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </CardHeader>
      {people.isPending && <RowsSkeleton rows={4} />}
      {people.isError && (
        <div className="p-4">
          <ErrorState error={people.error} onRetry={() => people.refetch()} />
        </div>
      )}
      {people.data && rows.length === 0 && (
        <EmptyState icon={SearchX} title={`Nobody is called “${text}”`} className="py-8" />
      )}
      {rows.length > 0 && (
        <ul className="divide-y">
          {rows.map((person) => (
            <PersonRow key={person.id} person={person} onChange={setChanging} onReset={setResetting} />
          ))}
        </ul>
      )}
      <LoadMore query={people} />
      {changing && <ChangePersonDialog asked={changing} onClose={() => setChanging(null)} />}
      {resetting && <ResetLinkDialog person={resetting} onClose={() => setResetting(null)} />}
    </Card>
  );
}
