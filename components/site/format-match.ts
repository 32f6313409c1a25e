import type { Match } from '#core/site/schema';

/** A location's match as people write it: `= /ws`, `/sse/…`, `…/hijack`. */
export function formatMatch(match: Match): string {
  switch (match.kind) {
    case 'exact':
    case 'segments':
      return match.path;
    case 'prefix':
      return `${match.path}…`;
    case 'suffix':
      return `…${match.path}`;
    case 'header':
      return `${match.name}: ${match.startsWith}…`;
  }
}
