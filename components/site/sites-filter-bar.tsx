'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { SearchField } from '#components/kit/search-field';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { NativeSelect } from '#components/ui/native-select';
import { presetIds, presetTitles } from '#core/site/preset-titles';
import { hostQueries } from '#queries/hosts';
import { syncLooks } from '../kit/looks/sync-looks';
import type { useSitesFilter } from './use-sites-filter';

type Filter = ReturnType<typeof useSitesFilter>;

export function SitesFilterBar({
  filter,
  lists,
}: {
  filter: Filter;
  lists: readonly { id: string; name: string }[];
}) {
  const { state, setState, narrowed, clear } = filter;
  const { slug } = useTeam();
  const hosts = useQuery(hostQueries.choices(slug));
  return (
    <search className="flex flex-wrap items-center gap-2" aria-label="Filter sites">
      <SearchField
        label="Search sites"
        placeholder="Search name or host name"
        className="sm:w-64"
        value={state.q}
        onValue={(q) => setState({ q })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setState({ q: null });
          event.currentTarget.blur();
        }}
      />
      <Choice
        label="Sync"
        value={state.sync}
        onChange={(sync) => setState({ sync: sync as typeof state.sync })}
        options={[
          { value: 'behind', label: 'Not in sync' },
          ...Object.entries(syncLooks).map(([value, { label }]) => ({ value, label })),
        ]}
      />
      <Choice
        label="CI server"
        value={state.preset}
        onChange={(preset) => setState({ preset: preset as typeof state.preset })}
        options={presetIds.map((id) => ({ value: id, label: presetTitles[id] }))}
      />
      {hosts.data && hosts.data.length > 0 && (
        <Choice
          label="Host"
          value={state.host}
          onChange={(host) => setState({ host })}
          options={hosts.data.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {lists.length > 0 && (
        <Choice
          label="List"
          value={state.list}
          onChange={(list) => setState({ list })}
          options={lists.map(({ id, name }) => ({ value: id, label: name }))}
        />
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

interface ChoiceProps {
  label: string;
  value: string | null;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | null) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
      className={cn('w-auto max-w-48 border-border', value ? 'font-medium' : 'text-muted-foreground')}
    >
      <option value="">{label}: any</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}
