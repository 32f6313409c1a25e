import { publicPath, publicPrefix } from '../site/public-url';
import type { Match, Prefix } from '../site/schema';
import type { PathMapping, ResolvedLocation, ResolvedMatch } from './resolved';

/** Matcher on the public path for a matcher of the document or a preset. */
export function publicMatch(match: Match, prefix: Prefix): ResolvedMatch {
  const base = publicPrefix(prefix);
  switch (match.kind) {
    case 'exact':
      return { kind: 'exact', path: publicPath(prefix, match.path) };
    case 'prefix':
      return prefixMatch(publicPath(prefix, match.path));
    case 'suffix':
      return { kind: 'suffix', below: base, path: match.path };
    case 'segments':
      return {
        kind: 'segments',
        segments: publicPath(prefix, match.path)
          .slice(1)
          .split('/')
          .map((segment) => (segment === '*' ? null : segment)),
      };
    case 'header':
      return { kind: 'header', below: base, name: match.name, startsWith: match.startsWith };
  }
}

/** The root prefix is "everything". */
export function prefixMatch(path: string): ResolvedMatch {
  return path === '/' ? { kind: 'any' } : { kind: 'prefix', path };
}

/** Two locations with the same key match the same requests; the first one counts. */
export function matchKey(match: ResolvedMatch): string {
  switch (match.kind) {
    case 'any':
      return 'any';
    case 'segments':
      return `segments ${match.segments.map((segment) => segment ?? '*').join('/')}`;
    case 'header':
      return `header ${match.name.toLowerCase()} ${match.startsWith.toLowerCase()}`;
    default:
      return `${match.kind} ${match.path}`;
  }
}

/** What becomes of the path, by prefix mode and matched path. */
export function mappingFor(match: ResolvedMatch, prefix: Prefix): PathMapping {
  if (prefix.mode === 'strip' && prefix.path !== '/') return { kind: 'strip', prefix: prefix.path };
  if (prefix.mode === 'add' && prefix.path !== '/') return { kind: 'add', prefix: prefix.path };
  if (prefix.mode !== 'rewrite') return { kind: 'none' };
  const path = match.kind === 'exact' || match.kind === 'prefix' ? match.path : '/';
  const rule = prefix.rules
    .filter(({ from }) => path.startsWith(from))
    .sort((a, b) => b.from.length - a.from.length)[0];
  return rule && rule.from !== rule.to ? { kind: 'replace', from: rule.from, to: rule.to } : { kind: 'none' };
}

/** A location whose rank is found when all locations of its vhost are known. */
export type DraftLocation = Omit<ResolvedLocation, 'rank'> & { rank: ResolvedLocation['rank'] };

const ranks: Readonly<Record<ResolvedLocation['rank'], number>> = {
  exact: 0,
  guarded: 1,
  pattern: 2,
  prefix: 3,
  any: 4,
};

const length = (match: ResolvedMatch) => (match.kind === 'prefix' ? match.path.length : 0);

/**
 * Puts locations into the order in which the first match wins and gives each its rank (see `ResolvedSite`). Prefixes that deny, lead away, answer
 * ACME challenges or lie below such a prefix are guarded: no suffix rule can open what a prefix closes. Prefixes below a `fenced` one count among the
 * patterns, in the given order: patterns of the rest of the vhost come after them.
 */
export function orderLocations(
  locations: DraftLocation[],
  fenced: readonly string[] = [],
): readonly ResolvedLocation[] {
  const closed = locations.flatMap(({ match, action }) =>
    match.kind === 'prefix' &&
    (action.kind === 'deny' || action.kind === 'static' || action.kind === 'redirect')
      ? [match.path]
      : [],
  );
  for (const location of locations) location.rank = rankOf(location.match, closed, fenced);
  return narrowHeadersFirst(
    locations.sort(
      (a, b) =>
        ranks[a.rank] - ranks[b.rank] || (a.rank === 'pattern' ? 0 : length(b.match) - length(a.match)),
    ),
  );
}

/**
 * `application/grpc` would take `application/grpc-web` too: of two beginnings of one header the longer one moves before the shorter, no matter who
 * wrote which. What a beginning denies stays denied, longer ones included.
 */
function narrowHeadersFirst(locations: readonly ResolvedLocation[]): readonly ResolvedLocation[] {
  const ordered: ResolvedLocation[] = [];
  for (const location of locations) {
    const taker =
      location.match.kind === 'header' ? ordered.findIndex((earlier) => swallows(earlier, location)) : -1;
    ordered.splice(taker === -1 ? ordered.length : taker, 0, location);
  }
  return ordered;
}

/** Whether every request of a header match would end at an earlier one that has more to answer than a refusal. */
function swallows({ match: earlier, action }: ResolvedLocation, { match: later }: ResolvedLocation): boolean {
  return (
    earlier.kind === 'header' &&
    later.kind === 'header' &&
    action.kind !== 'deny' &&
    earlier.name.toLowerCase() === later.name.toLowerCase() &&
    later.startsWith.toLowerCase().startsWith(earlier.startsWith.toLowerCase())
  );
}

function rankOf(
  match: ResolvedMatch,
  closed: readonly string[],
  fenced: readonly string[],
): ResolvedLocation['rank'] {
  if (match.kind === 'exact' || match.kind === 'any') return match.kind;
  if (match.kind !== 'prefix') return 'pattern';
  if (fenced.some((path) => match.path.startsWith(path))) return 'pattern';
  return closed.some((path) => match.path.startsWith(path)) ? 'guarded' : 'prefix';
}
