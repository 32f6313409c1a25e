import { findLocation } from './find-location';
import { matchKey } from './matches';
import type { ResolvedLocation, ResolvedMatch, ResolvedVhost } from './resolved';

/**
 * The locations of a vhost that serves some of its paths only: for each path the location that it falls under, every rule below it, narrowed to it where it
 * reaches further, and for the rest what `otherwise` says.
 */
export function servedPaths(
  { locations }: ResolvedVhost,
  paths: readonly string[],
  otherwise: readonly ResolvedLocation[],
): readonly ResolvedLocation[] {
  const kept = new Map<string, ResolvedLocation>();
  const keep = (location: ResolvedLocation, match: ResolvedMatch) => {
    const key = matchKey(match);
    if (!kept.has(key)) kept.set(key, match === location.match ? location : { ...location, match });
  };
  for (const path of paths) {
    if (!path.endsWith('/')) {
      // A path alone: whatever takes it, patterns included.
      const location = findLocation(locations, path);
      if (location) keep(location, { kind: 'exact', path });
      continue;
    }
    for (const location of locations) {
      const narrowed = narrow(location.match, path);
      if (narrowed !== null) keep(location, narrowed);
    }
    const own = findLocation(
      locations.filter(({ match }) => match.kind === 'prefix' || match.kind === 'any'),
      path,
    );
    if (own) keep(own, { kind: 'prefix', path });
  }
  for (const location of otherwise) keep(location, location.match);
  return [...kept.values()];
}

/** A match within a prefix, `null` where it has nothing there. The prefix itself is the caller's. */
function narrow(match: ResolvedMatch, prefix: string): ResolvedMatch | null {
  switch (match.kind) {
    case 'exact':
    case 'prefix':
      return match.path.startsWith(prefix) ? match : null;
    case 'suffix':
    case 'header':
      if (match.below.startsWith(prefix)) return match;
      return prefix.startsWith(match.below) ? { ...match, below: prefix } : null;
    case 'segments':
      return `/${match.segments.map((part) => part ?? '*').join('/')}`.startsWith(prefix) ? match : null;
    case 'any':
      return null;
  }
}
