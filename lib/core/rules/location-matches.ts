import type { Issue } from '../issue';
import type { Location, Prefix } from '../site/schema';
import { error, type Rule } from './rule';

/** No two locations of a host match the same requests, and rewritten paths can be told by their beginning. */
export const locationMatches: Rule = (site) => [
  ...check(site.locations, site.prefix, ['locations']),
  ...site.extraHosts.flatMap((extra, index) =>
    check(extra.locations, extra.prefix, ['extraHosts', index, 'locations']),
  ),
  ...site.applications.flatMap(({ locations, prefix }, index) =>
    check(locations, prefix, ['applications', index, 'locations']),
  ),
];

function check(locations: readonly Location[], prefix: Prefix, path: Issue['path']): readonly Issue[] {
  const seen = new Set<string>();
  return locations.flatMap(({ match }, index) => {
    const issues: Issue[] = [];
    const key =
      match.kind === 'header'
        ? `header ${match.name} ${match.startsWith}`.toLowerCase()
        : `${match.kind} ${match.path}`;
    if (seen.has(key))
      issues.push(
        error('site.location-twice', [...path, index, 'match'], 'another location has the same match'),
      );
    seen.add(key);
    if (prefix.mode === 'rewrite' && match.kind !== 'exact' && match.kind !== 'prefix') {
      issues.push(
        error(
          'site.rewrite-match',
          [...path, index, 'match', 'kind'],
          'with rewritten paths a location is told by exact path or prefix',
        ),
      );
    }
    return issues;
  });
}
