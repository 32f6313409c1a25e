import type { ResolvedMatch } from '../resolve/resolved';

/** Which requests a location takes, in words. */
export function matchWords(match: ResolvedMatch): string {
  const below = (path: string) => (path === '/' ? '' : ` below ${path}`);
  switch (match.kind) {
    case 'exact':
      return `exactly ${match.path}`;
    case 'prefix':
      return `everything below ${match.path}`;
    case 'suffix':
      return `paths${below(match.below)} that end in ${match.path}`;
    case 'segments':
      return `paths like ${match.segments.map((segment) => `/${segment ?? '*'}`).join('')}`;
    case 'header':
      return `requests${below(match.below)} whose ${match.name} starts with ${match.startsWith}`;
    case 'any':
      return 'everything else';
  }
}
