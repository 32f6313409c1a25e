import type { ResolvedMatch } from '../../resolve/resolved';

/** The text every path of a match starts with. */
function literalStart(match: ResolvedMatch): string {
  switch (match.kind) {
    case 'exact':
    case 'prefix':
      return match.path;
    case 'suffix':
    case 'header':
      return match.below;
    case 'segments': {
      const wildcard = match.segments.indexOf(null);
      const literal = wildcard === -1 ? match.segments : match.segments.slice(0, wildcard);
      return `/${literal.join('/')}`;
    }
    case 'any':
      return '/';
  }
}

/** Whether every request of `inner` surely matches `outer` too. */
export function covers(outer: ResolvedMatch, inner: ResolvedMatch): boolean {
  return outer.kind === 'any' || (outer.kind === 'prefix' && literalStart(inner).startsWith(outer.path));
}

/** Whether a request could match both; true in doubt. */
export function mayOverlap(left: ResolvedMatch, right: ResolvedMatch): boolean {
  const a = literalStart(left);
  const b = literalStart(right);
  if (left.kind === 'exact' && right.kind === 'exact') return a === b;
  return a.startsWith(b) || b.startsWith(a);
}
