import type { ResolvedLocation, ResolvedMatch } from './resolved';

/** The location that a request falls under: the first one that matches. Headers are matched only where they are given. */
export function findLocation(
  locations: readonly ResolvedLocation[],
  path: string,
  headers: Readonly<Record<string, string>> = {},
): ResolvedLocation | undefined {
  const bare = path.split('?', 1)[0] ?? '';
  return locations.find(({ match }) => matches(match, bare, headers));
}

function matches(match: ResolvedMatch, path: string, headers: Readonly<Record<string, string>>): boolean {
  switch (match.kind) {
    case 'exact':
      return path === match.path;
    case 'prefix':
      return path.startsWith(match.path);
    case 'suffix':
      return path.startsWith(match.below) && path.endsWith(match.path);
    case 'segments': {
      const segments = path.slice(1).split('/');
      return (
        segments.length === match.segments.length &&
        match.segments.every((segment, index) =>
          segment === null ? segments[index] !== '' : segment === segments[index],
        )
      );
    }
    case 'header': {
      const value = Object.entries(headers).find(
        ([name]) => name.toLowerCase() === match.name.toLowerCase(),
      )?.[1];
      return (
        path.startsWith(match.below) &&
        value?.toLowerCase().startsWith(match.startsWith.toLowerCase()) === true
      );
    }
    case 'any':
      return true;
  }
}
