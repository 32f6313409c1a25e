import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { SyncStatus } from '#api/contract/sites';
import { presetIds } from '#core/site/preset-titles';
import type { SitesFilter } from '#queries/sites';

export type SiteSort = NonNullable<SitesFilter['sort']>;

const sorts = ['name', '-name', 'updatedAt', '-updatedAt'] as const satisfies readonly SiteSort[];
const syncs = ['new', 'in-sync', 'out-of-sync', 'drifted', 'unknown', 'behind'] as const satisfies readonly (
  | SyncStatus
  | 'behind'
)[];

const parsers = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(200) }),
  sync: parseAsStringLiteral(syncs),
  preset: parseAsStringLiteral(presetIds),
  host: parseAsString,
  list: parseAsString,
  sort: parseAsStringLiteral(sorts).withDefault('name'),
};

/** What the list shows; all of it is in the URL, so that a link shows a colleague the same rows. */
export function useSitesFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const { q, sync, preset, host, list, sort } = state;
  const filter: SitesFilter = {
    sort,
    ...(q.trim() && { search: q.trim() }),
    ...(sync && { sync }),
    ...(preset && { preset }),
    ...(host && { hostId: host }),
    ...(list && { listId: list }),
  };
  const narrowed = Boolean(q.trim() || sync || preset || host || list);
  const clear = () => setState({ q: null, sync: null, preset: null, host: null, list: null });
  return { state, setState, filter, narrowed, clear };
}
