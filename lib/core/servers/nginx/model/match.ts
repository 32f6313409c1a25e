import type { ResolvedLocation, ResolvedMatch } from '../../../resolve/resolved';
import { type Argument, escapePattern, pattern } from '../tree';

/** Arguments of `location`. Patterns are anchored at both ends; `\z` because `$` would accept a trailing line break. */
export function locationArguments(
  { match, rank }: Pick<ResolvedLocation, 'match' | 'rank'>,
  name: string,
): readonly Argument[] {
  switch (match.kind) {
    case 'exact':
      return ['=', match.path];
    case 'prefix':
      if (rank === 'pattern') return ['~', pattern(`^${escapePattern(match.path)}`)];
      return rank === 'guarded' ? ['^~', match.path] : [match.path];
    case 'any':
      return ['/'];
    case 'suffix':
      return [
        '~',
        pattern(`(?s)^${escapePattern(match.below)}(?:.*/)?${escapePattern(match.path.slice(1))}\\z`),
      ];
    case 'segments':
      return [
        '~',
        pattern(
          `^${match.segments.map((segment) => `/${segment === null ? '[^/]+' : escapePattern(segment)}`).join('')}\\z`,
        ),
      ];
    case 'header':
      return [name];
  }
}

/** Whether every path of a location lies below a prefix. */
export function liesBelow(match: ResolvedMatch, prefix: string): boolean {
  switch (match.kind) {
    case 'exact':
    case 'prefix':
      return match.path.startsWith(prefix);
    case 'suffix':
    case 'header':
      return match.below.startsWith(prefix);
    case 'segments':
      return `/${match.segments.map((segment) => segment ?? '*').join('/')}`.startsWith(prefix);
    case 'any':
      return prefix === '/';
  }
}
