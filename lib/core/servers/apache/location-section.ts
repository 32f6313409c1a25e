import type { ProxyAction, ResolvedLocation } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { accessNodes } from './access';
import { type Routes, sendsUpstreamName } from './balancer';
import { type ApacheNode, directive, section } from './directive';
import { headerStartsWith, pathMatches } from './expression';
import { covers, mayOverlap } from './overlap';
import { escapePattern, oneSlash, pathPattern, patternOrigin } from './pattern';
import { passNode, sectionHead } from './proxy-pass';
import { type DifferingHeaders, isAnswered } from './vhost-headers';

/** What rules and sections of a list of locations need to know; it holds neither names nor addresses of a site. */
export interface LocationContext {
  readonly locations: readonly ResolvedLocation[];
  readonly target: RenderTarget;
  readonly routes: Routes;
}

/**
 * Sections of a vhost's locations, the least specific first: where several match, Apache merges them and lets the later one win, so
 * this is the reverse of the list in which the first match wins. Redirects and refusals are no sections, see `rewriteNodes`.
 *
 * A section states what it takes over from no section before it: the access rule unless every section that may match too has the same,
 * and header lines, which add up, unless a covering section has them already. `headers` is null where all of them are in the vhost.
 */
export function locationSections(
  context: LocationContext,
  headers: DifferingHeaders | null,
): readonly ApacheNode[] {
  const answered = context.locations.filter(isAnswered);
  return answered.toReversed().map((location) => {
    const position = answered.indexOf(location);
    const higher = answered.slice(0, position);
    return locationSection(location, higher, answered.slice(position + 1), context, headers);
  });
}

function locationSection(
  location: ResolvedLocation,
  higher: readonly ResolvedLocation[],
  lower: readonly ResolvedLocation[],
  context: LocationContext,
  headers: DifferingHeaders | null,
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
      // Of the location, not of the directory: another one may serve the same directory without a list.
      ...(lists(location) || overlapping.some(lists)
        ? [
            directive(
              'Options',
              lists(location) ? ['FollowSymLinks', 'Indexes'] : ['FollowSymLinks'],
              action.listing.origin,
            ),
          ]
        : []),
    );
  }
  if (headers !== null) children.push(...sectionHeaders(location, higher, overlapping, headers, target));
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
  headers: DifferingHeaders,
  target: RenderTarget,
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
  { target, routes }: LocationContext,
): readonly ApacheNode[] {
  const route = routes.find(action);
  if (route === null) return [];
  // Where a header decides, a rewrite rule passes the request on: ProxyPass must not be under a condition.
  const nodes: ApacheNode[] =
    location.match.kind === 'header' ? [] : [passNode(location, action, route, target)];
  const { value: buffered, origin } = action.requestBuffering;
  // Only where somebody asked for it: Apache collects the whole body to know its length.
  if (buffered && origin.path !== null) nodes.push(directive('SetEnv', ['proxy-sendcl', '1'], origin));
  if (route.upstream.secure) {
    const own = sendsUpstreamName(action, route.upstream);
    nodes.push(directive('ProxyPreserveHost', [own ? 'Off' : 'On'], action.host.origin));
  }
  return nodes;
}

const lists = ({ action }: ResolvedLocation): boolean => action.kind === 'static' && action.listing.value;
