'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { SearchField } from '#components/kit/search-field';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { teamQueries } from '#queries/team';
import type { useActivityFilter } from './activity-filter';
import { eventKinds } from './event-words';

const dayOf = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '';

/** Who, what, when and a word. */
export function ActivityFilterBar({ filter }: { filter: ReturnType<typeof useActivityFilter> }) {
  const { state, setState, narrowed, clear } = filter;
  const { slug } = useTeam();
  const team = useQuery(teamQueries.get(slug));
  const people = team.data?.members.map(({ person }) => person) ?? [];
  // A link from a row may name a former member, or one event of a kind.
  const stranger = state.who && state.who !== 'dashboard' && !people.some(({ id }) => id === state.who);
  const single = state.event && !(state.event in eventKinds);
  return (
    <search className="flex flex-wrap items-center gap-2" aria-label="Filter activity">
      <SearchField
        label="Search activity"
        placeholder="Search subject, person, address"
        className="sm:w-60"
        value={state.q}
        onValue={(q) => setState({ q })}
      />
      <NativeSelect
        aria-label="Who"
        value={state.who ?? ''}
        onChange={(event) => setState({ who: event.target.value || null })}
        className="max-w-48"
      >
        <option value="">Anybody</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="dashboard">The dashboard itself</option>
        {stranger && <option value={state.who ?? ''}>A former member</option>}
      </NativeSelect>
      <NativeSelect
        aria-label="What"
        value={state.event ?? ''}
        onChange={(event) => setState({ event: event.target.value || null })}
        className="max-w-48"
      >
        <option value="">Everything</option>
        {Object.entries(eventKinds).map(([kind, title]) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
        {single && <option value={state.event ?? ''}>{state.event}</option>}
      </NativeSelect>
      <div className="flex items-center gap-1.5 text-muted-foreground text-sm">
        <Input
          type="date"
          aria-label="From"
          className="w-36"
          value={dayOf(state.from)}
          max={dayOf(state.to) || undefined}
          onChange={(event) => setState({ from: event.target.valueAsDate })}
        />
        <span aria-hidden>–</span>
        <Input
          type="date"
          aria-label="Until"
          className="w-36"
          value={dayOf(state.to)}
          min={dayOf(state.from) || undefined}
          onChange={(event) => setState({ to: event.target.valueAsDate })}
        />
      </div>
      {state.subject && (
        <Button variant="outline" onClick={() => setState({ subject: null })}>
          One thing only
          <X aria-label="Show all things" />
        </Button>
      )}
      {narrowed && (
        <Button variant="ghost" onClick={() => clear()}>
          <X />
          Clear
        </Button>
      )}
    </search>
  );
}
