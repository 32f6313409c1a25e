import type { Change } from '../change/change';
import type { Issue } from '../issue';
import type { TargetPlan } from './target-plan';

/** What happens to a site on a target; `shared`: files that all sites there share. */
export const groupKinds = ['changed', 'new', 'removed', 'shared'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** One site of a plan on one target, with everything that the plan says of it. */
export interface SiteGroup {
  readonly key: string;
  readonly target: TargetPlan;
  /** `null` for what the sites share. */
  readonly site: TargetPlan['sites'][number] | null;
  readonly kind: GroupKind;
  /** Without those that stay as they are. */
  readonly changes: readonly Change[];
  readonly issues: readonly Issue[];
}

function kindOf(site: SiteGroup['site']): GroupKind {
  if (site === null) return 'shared';
  if (site.to === null) return 'removed';
  return site.from === null ? 'new' : 'changed';
}

const byName = <T>(items: readonly T[], nameOf: (item: T) => string | null): Map<string | null, T[]> => {
  const groups = new Map<string | null, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
};

/** The parts of a target's plan, each site by itself and what they share first. Sites of which the plan neither changes nor says anything are left out. */
export function siteGroups(target: TargetPlan): SiteGroup[] {
  const changes = byName(
    target.changes.filter(({ action }) => action !== 'noop'),
    ({ site }) => site,
  );
  const issues = byName([...target.issues, ...target.preflight.issues], ({ site }) => site ?? null);
  return [null, ...target.sites].flatMap((site): SiteGroup[] => {
    const name = site?.name ?? null;
    const group = {
      key: `${target.targetId} ${site?.siteId ?? ''}`,
      target,
      site,
      kind: kindOf(site),
      changes: changes.get(name) ?? [],
      issues: issues.get(name) ?? [],
    };
    const says =
      group.changes.length > 0 || group.issues.length > 0 || (site?.selected && site.from !== site.to);
    return says ? [group] : [];
  });
}
