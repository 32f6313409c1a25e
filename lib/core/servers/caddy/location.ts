import type { ProxyAction, ResolvedLocation } from '../../resolve/resolved';
import { accessNodes } from './access';
import type { LocationParts } from './location-parts';
import { block, type CaddyNode, directive } from './tree';
import { balancingNodes, transportNode, upstreamAddresses } from './upstream';
import type { VhostView } from './vhost-view';

/**
 * One location: a matcher and a `handle`. Handles inside a `route` stay in our order and the first that matches is the only one. What is in
 * a handle gets a `route` of its own: Caddy would otherwise sort it by kind, and ask who may come after it has changed the path.
 */
export function locationNodes(
  location: ResolvedLocation,
  parts: LocationParts,
  id: number,
  view: VhostView,
): readonly CaddyNode[] {
  const { action, access, origin } = location;
  const isAnswered = action.kind === 'redirect' || action.kind === 'deny';
  const body = [
    ...parts.opening,
    ...(isAnswered ? [] : accessNodes(access, id, view)),
    ...(action.kind === 'proxy' ? proxyNodes(action, parts, view) : parts.answer),
  ];
  const handle = block(origin, 'handle', parts.matcher.length === 0 ? [] : [`@location-${id}`], [
    block(origin, 'route', [], body),
  ]);
  return [...parts.matcher, handle];
}

function proxyNodes(action: ProxyAction, parts: LocationParts, view: VhostView): readonly CaddyNode[] {
  const upstream = view.upstreams.get(action.upstream.value);
  if (upstream === undefined) return [directive(action.upstream.origin, 'respond', '502')];
  return [
    ...parts.answer,
    block(action.upstream.origin, 'reverse_proxy', upstreamAddresses(upstream), [
      ...parts.headers,
      ...(view.locationRewrites[action.locationRewrites] ?? []),
      ...parts.cookies,
      ...balancingNodes(upstream, view.target),
      ...parts.streaming,
      transportNode(upstream, parts.times, view.target),
    ]),
  ];
}
