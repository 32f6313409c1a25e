import type { LocationRewrites, ProxyAction, ResolvedLocation, ResolvedVhost } from '../../site/resolved';
import { IdentityKey } from '../identity-key';
import type { RenderTarget } from '../types';
import { accessNodes } from './access';
import { type Routes, sendsUpstreamName } from './balancer';
import { type ApacheNode, directive, section } from './directive';
import { headerStartsWith, pathMatches } from './expression';
import { cookieEdits, type HeaderItem, locationEdits, requestItems, responseItems } from './headers';
import { covers, mayOverlap } from './overlap';
import { escapePattern, oneSlash, pathPattern, patternOrigin } from './pattern';
import { passNode, sectionHead } from './proxy-pass';

export interface SectionContext {
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly routes: Routes;
  readonly headers: VhostHeaders;
}

/** Header lines of one location. What tells them apart is asked for only where locations differ. */
class HeaderSet {
  #keys: ReadonlySet<string> | undefined;
  #sets: ReadonlySet<string | null> | undefined;

  constructor(readonly items: readonly HeaderItem[]) {}

  get keys(): ReadonlySet<string> {
    this.#keys ??= new Set(this.items.map((item) => item.key()));
    return this.#keys;
  }

  get sets(): ReadonlySet<string | null> {
    this.#sets ??= new Set(this.items.map(({ sets }) => sets));
    return this.#sets;
  }
}

/** Header lines of a vhost's locations, computed once; locations with the same lists share a set. */
export interface VhostHeaders {
  readonly of: ReadonlyMap<ResolvedLocation, HeaderSet>;
  /** Lines that every location has; they stand once, at the vhost. */
  readonly common: HeaderSet;
}

/** Collects the header lines of all locations that Apache answers in a section. */
export function vhostHeaders(vhost: ResolvedVhost): VhostHeaders {
  const identity = new IdentityKey();
  const known = new Map<string, HeaderSet>();
  const of = new Map<ResolvedLocation, HeaderSet>();
  for (const location of vhost.locations) {
    if (!isAnswered(location)) continue;
    const { action, responseHeaders } = location;
    const rewrites = action.kind === 'proxy' ? (vhost.locationRewrites[action.locationRewrites] ?? []) : [];
    const key =
      action.kind === 'proxy'
        ? identity.of(action.host, action.requestHeaders, responseHeaders, rewrites, action.cookies)
        : identity.of(responseHeaders);
    const set = known.get(key) ?? new HeaderSet(headerItems(location, rewrites));
    known.set(key, set);
    of.set(location, set);
  }
  const [first, ...others] = [...known.values()];
  const common = first?.items.filter((item) => others.every(({ keys }) => keys.has(item.key()))) ?? [];
  return { of, common: new HeaderSet(common) };
}

const isAnswered = ({ action }: ResolvedLocation): boolean =>
  action.kind === 'proxy' || action.kind === 'static';

/**
 * Sections of a vhost's locations, the least specific first: where several match, Apache merges them and lets the later one win, so
 * this is the reverse of the list in which the first match wins. Redirects and refusals are no sections, see `rewriteNodes`.
 *
 * A section states what it takes over from no section before it: the access rule unless every section that may match too has the same,
 * and header lines, which add up, unless a covering section has them already.
 */
export function locationSections(context: SectionContext): readonly ApacheNode[] {
  const answered = context.vhost.locations.filter(isAnswered);
  return answered.toReversed().map((location) => {
    const position = answered.indexOf(location);
    return locationSection(location, answered.slice(0, position), answered.slice(position + 1), context);
  });
}

/** All header lines of a location; lines of the same key do the same. */
function headerItems(
  { action, responseHeaders }: ResolvedLocation,
  rewrites: LocationRewrites,
): readonly HeaderItem[] {
  const items = responseItems(responseHeaders);
  if (action.kind !== 'proxy') return items;
  return [...requestItems(action), ...items, ...locationEdits(rewrites), ...cookieEdits(action.cookies)];
}

function locationSection(
  location: ResolvedLocation,
  higher: readonly ResolvedLocation[],
  lower: readonly ResolvedLocation[],
  context: SectionContext,
): ApacheNode {
  const { match, action, origin } = location;
  const { target } = context;
  const overlapping = lower.filter((other) => mayOverlap(other.match, match));
  const isCovered = overlapping.some((other) => covers(other.match, match));
  const children: ApacheNode[] = [];
  if (!isCovered || overlapping.some(({ access }) => access !== location.access)) {
    children.push(...accessNodes(location.access));
  }
  if (action.kind === 'static') {
    // Counts where Apache answers by itself; for proxied requests a rewrite rule compares the length.
    const { value, origin: limit } = location.bodySizeMib;
    children.push(directive('LimitRequestBody', [String(value * 1_048_576)], limit));
  }
  if (action.kind === 'proxy') children.push(...proxyNodes(location, action, context));
  if (action.kind === 'static') {
    children.push(
      directive('ProxyPass', ['!'], action.directory.origin),
      ...(action.purpose === 'acme' ? [directive('ForceType', ['text/plain'], action.directory.origin)] : []),
    );
  }
  children.push(...sectionHeaders(location, higher, overlapping, context));
  if (match.kind !== 'header') {
    const [name, argument] = sectionHead(location, target);
    return section(name, [argument], name === 'Location' ? origin : patternOrigin(origin, target), children);
  }
  // A condition is judged after all sections, so it has to leave the more specific ones alone by itself.
  const condition = [
    headerStartsWith(match.name, escapePattern(match.startsWith)),
    ...notIn(higher, target),
  ].join(' && ');
  return section('Location', [match.below], origin, [
    section('If', [condition], patternOrigin(origin, target), children),
  ]);
}

function sectionHeaders(
  location: ResolvedLocation,
  higher: readonly ResolvedLocation[],
  overlapping: readonly ResolvedLocation[],
  { headers, target }: SectionContext,
): readonly ApacheNode[] {
  const own = headers.of.get(location);
  if (own === undefined || own.items.length === headers.common.items.length) return [];
  const covering = overlapping.filter((other) => covers(other.match, location.match));
  const above = higher.filter(
    (other) => headers.of.get(other) !== own && mayOverlap(other.match, location.match),
  );
  return own.items
    .filter((item) => {
      const key = item.key();
      return !headers.common.keys.has(key) && !covering.some((other) => headers.of.get(other)?.keys.has(key));
    })
    .flatMap((item) => {
      // What a more specific location does not want must not reach it; where that one sets the header too, its line is the last.
      const unwanted = above.filter((other) => {
        const set = headers.of.get(other);
        return !set?.keys.has(item.key()) && !(item.sets !== null && set?.sets.has(item.sets));
      });
      const [condition] = notIn(unwanted, target);
      if (condition === undefined) return item.nodes(null);
      return item
        .nodes(condition)
        .map((node) => ('origin' in node ? { ...node, origin: patternOrigin(node.origin, target) } : node));
    });
}

function notIn(locations: readonly ResolvedLocation[], target: RenderTarget): readonly string[] {
  return locations.length === 0
    ? []
    : [`!(${pathMatches(locations.map(({ match }) => pathPattern(match, oneSlash(target))))})`];
}

function proxyNodes(
  location: ResolvedLocation,
  action: ProxyAction,
  { target, routes }: SectionContext,
): readonly ApacheNode[] {
  const route = routes.find(action);
  if (route === null) return [];
  // Where a header decides, a rewrite rule passes the request on: ProxyPass may not stand under a condition.
  const nodes: ApacheNode[] =
    location.match.kind === 'header' ? [] : [passNode(location, action, route, target)];
  if (route.upstream.tls !== null) {
    const own = sendsUpstreamName(action, route.upstream);
    nodes.push(directive('ProxyPreserveHost', [own ? 'Off' : 'On'], action.host.origin));
  }
  return nodes;
}
