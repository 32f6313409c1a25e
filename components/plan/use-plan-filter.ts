import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { SiteGroup } from '#core/plan/site-groups';

const shows = ['all', 'changed', 'new', 'removed', 'warnings'] as const;
export type Show = (typeof shows)[number];

/** Which part of a large plan is shown; kept in the URL. */
export function usePlanFilter() {
  const [filter, setFilter] = useQueryStates(
    {
      show: parseAsStringLiteral(shows).withDefault('all'),
      find: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(200) }),
      host: parseAsString,
    },
    { history: 'replace' },
  );
  return { ...filter, setFilter };
}

export const hasWarning = ({ issues }: SiteGroup): boolean =>
  issues.some(({ severity }) => severity !== 'advice');

/** Whether a part of the plan is of the kind that is asked for. */
export const isShown = (group: SiteGroup, show: Show): boolean =>
  show === 'all' || (show === 'warnings' ? hasWarning(group) : group.kind === show);
