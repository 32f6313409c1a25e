import { orderLocations } from './matches';
import type { ResolvedLocation, ResolvedMatch, ResolvedVhost } from './resolved';

/** A further application as it would be alone, and the prefixes that belong to it. */
export interface MountedVhost {
  readonly prefixes: readonly string[];
  readonly vhost: ResolvedVhost;
}

/**
 * One vhost for several applications. What is below a prefix belongs to its application alone: patterns of the others do not reach into it. The first
 * application has everything else, and says what is outside of all prefixes.
 */
export function withApplications(first: ResolvedVhost, mounted: readonly MountedVhost[]): ResolvedVhost {
  const locationRewrites = [...first.locationRewrites];
  const prefixes = mounted.flatMap((each) => each.prefixes);
  const own = mounted.flatMap(({ prefixes: inside, vhost }) => {
    const offset = locationRewrites.length;
    locationRewrites.push(...vhost.locationRewrites);
    return vhost.locations
      .filter(({ match }) => inside.some((prefix) => liesIn(match, prefix)))
      .map((location) => moved(location, offset));
  });
  const rest = first.locations.filter(({ match }) => !prefixes.some((prefix) => liesIn(match, prefix)));
  // Only where a pattern of the first one could reach into a prefix must that be told by patterns as well.
  const reached = prefixes.filter((prefix) => rest.some(({ match }) => reachesInto(match, prefix)));
  return {
    ...first,
    locationRewrites,
    locations: orderLocations(
      [...own, ...rest].map((each) => ({ ...each })),
      reached,
    ),
  };
}

const moved = (location: ResolvedLocation, offset: number): ResolvedLocation =>
  location.action.kind === 'proxy'
    ? {
        ...location,
        action: { ...location.action, locationRewrites: location.action.locationRewrites + offset },
      }
    : location;

/** Whether all that a match takes is below a prefix, or is the prefix without its last slash. */
function liesIn(match: ResolvedMatch, prefix: string): boolean {
  switch (match.kind) {
    case 'exact':
      return match.path.startsWith(prefix) || `${match.path}/` === prefix;
    case 'prefix':
      return match.path.startsWith(prefix);
    case 'suffix':
    case 'header':
      return match.below.startsWith(prefix);
    case 'segments':
      return `/${match.segments.map((segment) => segment ?? '*').join('/')}`.startsWith(prefix);
    case 'any':
      return false;
  }
}

function reachesInto(match: ResolvedMatch, prefix: string): boolean {
  switch (match.kind) {
    case 'suffix':
    case 'header':
      return prefix.startsWith(match.below);
    case 'segments': {
      const parts = prefix.split('/').filter((part) => part !== '');
      const { segments } = match;
      // A segment that may be anything may be one of the prefix.
      return parts.every((part, index) => segments[index] === null || segments[index] === part);
    }
    case 'exact':
    case 'prefix':
    case 'any':
      return false;
  }
}
