import type { ProxyAction, ResolvedLocation, ResolvedVhost } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { accessNodes } from './access';
import { type Routes, sendsUpstreamName } from './balancer';
import { type ApacheNode, directive, section } from './directive';
import { headerStartsWith, pathMatches } from './expression';
import { cookieEdits, type HeaderItem, locationEdits, requestItems, responseItems } from './headers';
import { covers, mayOverlap } from './overlap';
import { escapePattern, oneSlash, pathPattern } from './pattern';
import { passNode, sectionHead } from './proxy-pass';

export interface SectionContext {
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly routes: Routes;
  readonly headers: VhostHeaders;
}

/** Header lines of a vhost's locations, computed once. */
export interface VhostHeaders {
  readonly items: ReadonlyMap<ResolvedLocation, readonly HeaderItem[]>;
  readonly keys: ReadonlyMap<ResolvedLocation, ReadonlySet<string>>;
  /** Lines that every location has; they stand once, at the vhost. */
  readonly common: readonly HeaderItem[];
}

/** Collects the header lines of all locations that Apache answers in a section. */
export function vhostHeaders(vhost: ResolvedVhost): VhostHeaders {
  const answered = vhost.locations.filter(isAnswered);
  const items = new Map(answered.map((location) => [location, headerItems(location)]));
  const keys = new Map(answered.map((location) => [location, new Set(items.get(location)?.map(({ key }) => key))]));
  const first = answered[0];
  const common = (first ? (items.get(first) ?? []) : []).filter(({ key }) =>
    answered.every((location) => keys.get(location)?.has(key)),
  );
  return { items, keys, common };
}

const isAnswered = ({ action }: ResolvedLocation): boolean => action.kind === 'proxy' || action.kind === 'static';

/**
 * Sections of a vhost's locations, the least specific first: where several match, Apache merges them and lets the later one win, so
 * this is the reverse of the list in which the first match wins. Redirects and refusals are no sections, see `rewriteNodes`.
 *
 * A section states what it takes over from no section before it: rules that replace each other (access, body size) unless every section
 * that may match too says the same, and header lines, which add up, unless a covering section has them already.
 */
export function locationSections(context: SectionContext): readonly ApacheNode[] {
  const answered = context.vhost.locations.filter(isAnswered);
  return answered.toReversed().map((location) => {
    const position = answered.indexOf(location);
    return locationSection(location, answered.slice(0, position), answered.slice(position + 1), context);
  });
}

/** All header lines of a location; lines of the same key do the same. */
function headerItems({ action, responseHeaders }: ResolvedLocation): readonly HeaderItem[] {
  const items = responseItems(responseHeaders);
  if (action.kind !== 'proxy') return items;
  return [
    ...requestItems(action),
    ...items,
    ...locationEdits(action.locationRewrites),
    ...cookieEdits(action.cookies),
  ];
}

function locationSection(
  location: ResolvedLocation,
  higher: readonly ResolvedLocation[],
  lower: readonly ResolvedLocation[],
  context: SectionContext,
): ApacheNode {
  const { match, action, origin } = location;
  const overlapping = lower.filter((other) => mayOverlap(other.match, match));
  const isTakenOver = (print: (other: ResolvedLocation) => readonly ApacheNode[]) =>
    overlapping.some((other) => covers(other.match, match)) &&
    overlapping.every((other) => sameLines(print(other), print(location)));
  const children = [locationAccess, bodyNodes].flatMap((print) => (isTakenOver(print) ? [] : print(location)));
  if (action.kind === 'proxy') children.push(...proxyNodes(location, action, context));
  if (action.kind === 'static') {
    children.push(
      directive('ProxyPass', ['!'], action.directory.origin),
      ...(action.purpose === 'acme' ? [directive('ForceType', ['text/plain'], action.directory.origin)] : []),
    );
  }
  children.push(...sectionHeaders(location, higher, overlapping, context));
  if (match.kind !== 'header') {
    const [name, argument] = sectionHead(location, context.target);
    return section(name, [argument], origin, children);
  }
  // A condition is judged after all sections, so it has to leave the more specific ones alone by itself.
  const condition = [
    headerStartsWith(match.name, escapePattern(match.startsWith)),
    ...notIn(higher, context.target),
  ].join(' && ');
  return section('Location', [match.below], origin, [section('If', [condition], origin, children)]);
}

const locationAccess = ({ access }: ResolvedLocation) => accessNodes(access);

/** Counts where Apache answers by itself; for proxied requests a rewrite rule compares the length. */
const bodyNodes = ({ action, bodySizeMib }: ResolvedLocation) =>
  action.kind === 'static'
    ? [directive('LimitRequestBody', [String(bodySizeMib.value * 1_048_576)], bodySizeMib.origin)]
    : [];

function sameLines(left: readonly ApacheNode[], right: readonly ApacheNode[]): boolean {
  const lines = (nodes: readonly ApacheNode[]) =>
    JSON.stringify(nodes, (key, value: unknown) => (key === 'origin' ? undefined : value));
  return lines(left) === lines(right);
}

function sectionHeaders(
  location: ResolvedLocation,
  higher: readonly ResolvedLocation[],
  overlapping: readonly ResolvedLocation[],
  { headers, target }: SectionContext,
): readonly ApacheNode[] {
  const own = headers.items.get(location) ?? [];
  if (own.length === headers.common.length) return [];
  const common = new Set(headers.common.map(({ key }) => key));
  const covering = overlapping.filter((other) => covers(other.match, location.match));
  const above = higher.filter((other) => mayOverlap(other.match, location.match));
  return own
    .filter(({ key }) => !common.has(key) && !covering.some((other) => headers.keys.get(other)?.has(key)))
    .flatMap((item) => {
      // What a more specific location does not want must not reach it; where that one sets the header too, its line is the last.
      const unwanted = above.filter(
        (other) =>
          !headers.keys.get(other)?.has(item.key) &&
          !(item.sets !== null && headers.items.get(other)?.some(({ sets }) => sets === item.sets)),
      );
      return item.nodes(notIn(unwanted, target)[0] ?? null);
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
  const nodes: ApacheNode[] = location.match.kind === 'header' ? [] : [passNode(location, action, route.name, target)];
  if (route.upstream.tls !== null) {
    const own = sendsUpstreamName(action, route.upstream);
    nodes.push(directive('ProxyPreserveHost', [own ? 'Off' : 'On'], action.host.origin));
  }
  return nodes;
}
