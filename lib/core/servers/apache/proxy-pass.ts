import type { ProxyAction, ResolvedLocation, ResolvedMatch } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import type { Route } from './balancer';
import { type ApacheNode, directive } from './directive';
import { escapePattern, oneSlash, pathPattern } from './pattern';

/** Plain sections for prefixes, patterns for the rest. */
export function sectionHead(
  { match, action }: ResolvedLocation,
  target: RenderTarget,
): [name: string, argument: string] {
  if (match.kind === 'any') return ['Location', '/'];
  if (match.kind === 'prefix') return ['Location', match.path];
  const mapping = action.kind === 'proxy' ? pathMapping(action) : null;
  return ['LocationMatch', requestPattern(match, mapping, target).pattern];
}

/** `nocanon` sends the request line as it came; without it `%2F` and doubled slashes would change. */
export function passNode(
  { match }: ResolvedLocation,
  action: ProxyAction,
  route: Route,
  target: RenderTarget,
): ApacheNode {
  const mapping = pathMapping(action);
  const balancer = route.name;
  const origin = route.explain(action.upstream.origin);
  const below = match.kind === 'any' ? '/' : match.kind === 'prefix' ? match.path : null;
  if (below !== null) {
    const path = below.startsWith(mapping.from) ? mapping.to + below.slice(mapping.from.length) : below;
    return directive('ProxyPass', [balancer + path, 'nocanon'], origin);
  }
  const { captures } = requestPattern(match, mapping, target);
  // Without a group Apache appends the path as it came.
  return directive('ProxyPassMatch', [captures ? `${balancer}${mapping.to}$1` : balancer, 'nocanon'], origin);
}

interface Mapping {
  readonly from: string;
  readonly to: string;
}

/** What the upstream's path starts with instead of what the public one starts with. */
export function pathMapping({ path }: ProxyAction): Mapping {
  const mapping = path.value;
  switch (mapping.kind) {
    case 'none':
      return { from: '/', to: '/' };
    case 'strip':
      return { from: mapping.prefix, to: '/' };
    case 'add':
      return { from: '/', to: mapping.prefix };
    case 'replace':
      return { from: mapping.from, to: mapping.to };
  }
}

/**
 * A pattern for both readings that Apache makes of it: over the decoded path (which section applies) and over the request line as it
 * came, query included (what is sent). Where the path is mapped, the first group is what follows the mapped prefix.
 */
function requestPattern(
  match: ResolvedMatch,
  mapping: Mapping | null,
  target: RenderTarget,
): { pattern: string; captures: boolean } {
  const slash = oneSlash(target);
  const body = pathPattern(match, slash).slice(1, -1);
  const head = escapePattern(mapping?.from ?? '/').replaceAll('/', slash);
  if (mapping === null || mapping.from === mapping.to || !body.startsWith(head)) {
    return { pattern: `^${body}(?:\\?|$)`, captures: false };
  }
  return { pattern: `^${head}(${body.slice(head.length)}(?:\\?.*)?)$`, captures: true };
}
