'use client';
import { SearchField } from '#components/kit/search-field';
import { NativeSelect } from '#components/ui/native-select';
import type { SiteGroup } from '#core/plan/site-groups';
import { Segmented } from '../diff/segmented';
import { isShown, type Show, type usePlanFilter } from './use-plan-filter';

const titles = {
  all: 'All',
  changed: 'Changed',
  new: 'New',
  removed: 'Removed',
  warnings: 'Warnings',
} as const satisfies Record<Show, string>;

interface Props {
  filter: ReturnType<typeof usePlanFilter>;
  groups: readonly SiteGroup[];
}

/** Narrows a large plan; each choice says how many sites it shows. */
export function PlanFilterBar({ filter, groups }: Props) {
  const sites = groups.filter(({ site }) => site !== null);
  const hosts = [...new Map(groups.map(({ target }) => [target.hostId, target.hostName]))];
  const shown = (Object.keys(titles) as Show[])
    .map((show) => ({ show, count: sites.filter((group) => isShown(group, show)).length }))
    .filter(({ show, count }) => show === 'all' || show === filter.show || count > 0);
  return (
    <search aria-label="Filter the plan" className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search sites of the plan"
        placeholder="Search sites"
        className="sm:w-56"
        value={filter.find}
        onValue={(find) => void filter.setFilter({ find })}
      />
      <Segmented
        label="Show"
        value={filter.show}
        onValue={(show) => void filter.setFilter({ show })}
        options={shown.map(({ show, count }) => ({ value: show, title: `${titles[show]} ${count}` }))}
      />
      {hosts.length > 1 && (
        <NativeSelect
          aria-label="Host"
          value={filter.host ?? ''}
          onChange={(event) => void filter.setFilter({ host: event.target.value || null })}
          className="w-auto max-w-48 border-border"
        >
          <option value="">Host: any</option>
          {hosts.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </search>
  );
}
