import type { LocationAction, LocationRewrites, ProxyAction, ResolvedLocation } from '../../site/resolved';
import { accessNodes } from './access';
import { can, gateReason } from './capabilities';
import {
  headerDown,
  headersUp,
  headerUp,
  hostUp,
  requestGuards,
  responseHeaderNodes,
  userHeaderNodes,
} from './headers';
import { escapePattern, pathExpression } from './matcher';
import { type Argument, block, type CaddyNode, directive } from './tree';
import { balancingNodes, timesOf, transportNodes, upstreamAddresses } from './upstream';
import { templateValue } from './value';
import type { VhostView } from './vhost-view';

/**
 * One location: a matcher and a `handle`. Handles inside a `route` stay in our order and the first that matches is the only one. What is in
 * a handle stands in a `route` of its own: Caddy would otherwise sort it by kind, and ask who may come after it has changed the path.
 */
export function locationNodes(
  location: ResolvedLocation,
  id: number,
  view: VhostView,
  commonResponseHeaders: boolean,
): readonly CaddyNode[] {
  const matcher = matcherNodes(location, `@location-${id}`);
  const { action, access, origin } = location;
  const body: CaddyNode[] = [];
  if (!commonResponseHeaders) body.push(...responseHeaderNodes(location.responseHeaders));
  if (action.kind === 'redirect' || action.kind === 'deny') {
    body.push(...answerNodes(action));
  } else {
    body.push(...bodyLimit(location, id));
    if (action.kind === 'proxy') body.push(...requestGuards(action));
    body.push(...accessNodes(access, id, view));
    body.push(
      ...(action.kind === 'static' ? staticNodes(location, action) : proxyNodes(location, action, id, view)),
    );
  }
  const handle = block(origin, 'handle', matcher.length === 0 ? [] : [`@location-${id}`], [
    block(origin, 'route', [], body),
  ]);
  return [...matcher, handle];
}

/**
 * A body that says it is too large is refused before it is read: Caddy itself would cut the connection while it comes, or answer 502.
 * One that does not say its size is cut off at the limit.
 */
function bodyLimit({ bodySizeMib: { value, origin } }: ResolvedLocation, id: number): readonly CaddyNode[] {
  if (value === 0) return [];
  const length = '{http.request.header.Content-Length}';
  const tooLarge = { raw: `\`${length} != "" && int(${length}) > ${value * 1_048_576}\`` };
  return [
    block(origin, `@too-large-${id}`, [], [directive(origin, 'expression', tooLarge)]),
    directive(origin, 'respond', `@too-large-${id}`, '413'),
    block(origin, 'request_body', [], [directive(origin, 'max_size', `${value}MiB`)]),
  ];
}

function matcherNodes({ match, origin }: ResolvedLocation, name: string): readonly CaddyNode[] {
  const path = pathExpression(match);
  const nodes: CaddyNode[] = [];
  if (path !== null) nodes.push(directive(origin, 'path_regexp', path));
  if (match.kind === 'header') {
    nodes.push(directive(origin, 'header_regexp', match.name, `(?i)^${escapePattern(match.startsWith)}`));
  }
  return nodes.length === 0 ? [] : [block(origin, name, [], nodes)];
}

type Answer = Extract<LocationAction, { kind: 'redirect' | 'deny' }>;

function answerNodes(action: Answer): readonly CaddyNode[] {
  if (action.kind === 'deny') return [directive(action.origin, 'respond', String(action.status))];
  const to = templateValue(action.location);
  // The matcher is written out: a target that starts with a slash would be taken for one.
  const redirect = (target: Argument) =>
    directive(action.origin, 'redir', '*', target, String(action.status));
  const hasRequest = action.location.some((part) => part.kind === 'variable' && part.name === 'request-uri');
  const [only, ...rest] = action.location;
  if (!action.keepQuery || hasRequest) return [redirect(to)];
  if (only?.kind === 'text' && only.text.startsWith('/') && rest.length === 0) {
    // A rewrite keeps the query; before 2.9 no placeholder gives it with its question mark only where there is one.
    return [
      directive(action.origin, 'rewrite', '*', only.text),
      redirect([{ placeholder: 'http.request.uri' }]),
    ];
  }
  return [
    block(
      action.origin,
      '@with-query',
      [],
      [directive(action.origin, 'expression', { raw: '`{http.request.uri.query} != ""`' })],
    ),
    directive(
      action.origin,
      'redir',
      '@with-query',
      [...to, '?', { placeholder: 'http.request.uri.query' }],
      String(action.status),
    ),
    redirect(to),
  ];
}

type StaticAction = Extract<LocationAction, { kind: 'static' }>;

function staticNodes(
  { match }: ResolvedLocation,
  { directory, purpose }: StaticAction,
): readonly CaddyNode[] {
  const { origin, value } = directory;
  return [
    // Challenges are looked up with their whole path, as certbot's webroot has them.
    ...(match.kind === 'prefix' && purpose !== 'acme'
      ? [directive(origin, 'uri', 'path_regexp', `^${escapePattern(match.path)}`, '/')]
      : []),
    directive(origin, 'root', '*', value),
    ...(purpose === 'acme' ? [directive(origin, 'header', '*', 'Content-Type', 'text/plain')] : []),
    directive(origin, 'file_server'),
  ];
}

function proxyNodes(
  location: ResolvedLocation,
  action: ProxyAction,
  id: number,
  view: VhostView,
): readonly CaddyNode[] {
  const upstream = view.upstreams.get(action.upstream.value);
  if (upstream === undefined) return [directive(action.upstream.origin, 'respond', '502')];
  const { responseBuffering } = action;
  const streams = ['ws', 'sse', 'grpc'].includes(location.class.value);
  return [
    ...userHeaderNodes(action, id),
    ...mappingNodes(action, id),
    block(action.upstream.origin, 'reverse_proxy', upstreamAddresses(upstream), [
      ...(view.headers.get(location) ?? []),
      ...balancingNodes(upstream, view.target),
      // Streams are passed on at once by themselves; the setting would keep the upstream busy after the client has gone.
      ...(responseBuffering.value || streams
        ? []
        : [directive(responseBuffering.origin, 'flush_interval', '-1')]),
      ...(action.upgrade.value && can(view.target, 'streamCloseDelay')
        ? [
            directive(
              {
                path: action.upgrade.origin.path,
                why: `open WebSockets outlive a reload (${gateReason(view.target, 'streamCloseDelay')})`,
              },
              'stream_close_delay',
              '5m',
            ),
          ]
        : []),
      ...transportNodes(upstream, timesOf(action), view.target, action),
    ]),
  ];
}

/** Changes of headers on the way to the upstream and back. */
export function proxyHeaders(
  location: ResolvedLocation,
  action: ProxyAction,
  rewrites: LocationRewrites,
): readonly CaddyNode[] {
  return [
    hostUp(action.host),
    ...(location.access.auth?.kind === 'forward'
      ? action.requestHeaders
          .filter((header) => !copied(location, header.name))
          .flatMap((header) => headerUp(header))
      : [headersUp(action.requestHeaders)]),
    ...headerDown(action, location.responseHeaders, rewrites),
  ];
}

/** Headers that the sign-in service's answer has set are not overwritten again. */
function copied({ access }: ResolvedLocation, name: string): boolean {
  return (
    access.auth?.kind === 'forward' &&
    access.auth.copyHeaders.some(({ value }) => value.toLowerCase() === name.toLowerCase())
  );
}

/**
 * Changes of the path, made on the path as it came so that encoded characters stay. A path that only means the same as the prefix
 * (`/%61pp/`) is refused: it would reach the application unchanged.
 */
function mappingNodes({ path }: ProxyAction, id: number): readonly CaddyNode[] {
  const mapping = path.value;
  if (mapping.kind === 'none') return [];
  const [from, to] =
    mapping.kind === 'strip'
      ? [mapping.prefix, '/']
      : mapping.kind === 'add'
        ? ['/', mapping.prefix]
        : [mapping.from, mapping.to];
  const pattern = `^${escapePattern(from)}`;
  const name = `@other-spelling-${id}`;
  const uri = [{ placeholder: 'http.request.uri' }];
  return [
    block(path.origin, name, [], [directive(path.origin, 'not', 'vars_regexp', uri, pattern)]),
    directive(path.origin, 'respond', name, '400'),
    directive(path.origin, 'uri', 'path_regexp', pattern, to),
  ];
}
