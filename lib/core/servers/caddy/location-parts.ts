import type { LocationAction, ProxyAction, ResolvedLocation } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { rememberLocations } from '../remember-locations';
import { can, gateReason } from './capabilities';
import {
  cookieRewrites,
  headersUp,
  headerUp,
  hostUp,
  requestGuards,
  responseHeaderNodes,
  userHeaderNodes,
} from './headers';
import { escapePattern, pathExpression } from './matcher';
import { type Argument, block, type CaddyNode, directive, shared } from './tree';
import { timeNodes, timesOf } from './upstream';
import { templateValue } from './value';

/** What is said of a location whatever the names and addresses of the site are. */
export interface LocationParts {
  readonly matcher: readonly CaddyNode[];
  /** First in its handle, before anybody is asked who they are. */
  readonly opening: readonly CaddyNode[];
  /** After that: an answer, or what is changed of a request that is passed on. */
  readonly answer: readonly CaddyNode[];
  /** In `reverse_proxy`, around the repairs of redirects. */
  readonly headers: readonly CaddyNode[];
  readonly cookies: readonly CaddyNode[];
  readonly streaming: readonly CaddyNode[];
  /** In its transport. */
  readonly times: readonly CaddyNode[];
}

export interface VhostParts {
  /** Response headers that all locations have; they are written once. */
  readonly common: readonly CaddyNode[];
  /** In the order of the locations. */
  readonly locations: readonly LocationParts[];
}

/** The parts of a vhost's locations. */
export const vhostParts = rememberLocations(makeParts, ({ common, locations }) => ({
  common: share(common),
  locations: locations.map(shareAll),
}));

const share = (nodes: readonly CaddyNode[]) => (nodes.length === 0 ? nodes : [shared(nodes)]);

const shareAll = (parts: LocationParts): LocationParts => ({
  matcher: share(parts.matcher),
  opening: share(parts.opening),
  answer: share(parts.answer),
  headers: share(parts.headers),
  cookies: share(parts.cookies),
  streaming: share(parts.streaming),
  times: share(parts.times),
});

function makeParts(locations: readonly ResolvedLocation[], target: RenderTarget): VhostParts {
  const first = locations[0]?.responseHeaders ?? [];
  const isCommon = locations.every(({ responseHeaders }) => responseHeaders === first);
  return {
    common: isCommon ? responseHeaderNodes(first) : [],
    locations: locations.map((location, index) => {
      const id = index + 1;
      const own = isCommon ? [] : responseHeaderNodes(location.responseHeaders);
      const parts = partsOf(location, id, target);
      return {
        ...parts,
        matcher: matcherNodes(location, `@location-${id}`),
        opening: [...own, ...parts.opening],
      };
    }),
  };
}

type ActionParts = Omit<LocationParts, 'matcher'>;

const noParts: ActionParts = {
  opening: [],
  answer: [],
  headers: [],
  cookies: [],
  streaming: [],
  times: [],
};

function partsOf(location: ResolvedLocation, id: number, target: RenderTarget): ActionParts {
  const { action } = location;
  switch (action.kind) {
    case 'redirect':
    case 'deny':
      return { ...noParts, answer: answerNodes(action) };
    case 'static':
      return { ...noParts, opening: bodyLimit(location, id), answer: staticNodes(location, action) };
    case 'proxy':
      return {
        opening: [...bodyLimit(location, id), ...requestGuards(action)],
        answer: [...userHeaderNodes(action, id), ...mappingNodes(action, id)],
        headers: proxyHeaders(location, action),
        cookies: cookieRewrites(action.cookies),
        streaming: streamingNodes(location, action, target),
        times: timeNodes(timesOf(action), action),
      };
  }
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

type Answer = Extract<LocationAction, { kind: 'redirect' | 'deny' }>;

function answerNodes(action: Answer): readonly CaddyNode[] {
  if (action.kind === 'deny') return [directive(action.origin, 'respond', String(action.status))];
  const to = templateValue(action.location);
  // The matcher is written out: a target that starts with a slash would be taken for one.
  const redirect = (target: Argument) =>
    directive(action.origin, 'redir', '*', target, String(action.status));
  if (action.restOf !== null) {
    // As it was received, the query with it. Another spelling of the beginning leads to the beginning alone.
    const rest = `^${escapePattern(action.restOf)}[/\\x5c]*(${action.keepQuery ? '.*' : '[^?]*'})`;
    const received = [{ placeholder: 'http.request.orig_uri' }];
    return [
      block(action.origin, '@rest', [], [directive(action.origin, 'vars_regexp', 'rest', received, rest)]),
      directive(
        action.origin,
        'redir',
        '@rest',
        [...to, { placeholder: 'http.regexp.rest.1' }],
        String(action.status),
      ),
      redirect(to),
    ];
  }
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
  { directory, purpose, listing }: StaticAction,
): readonly CaddyNode[] {
  const { origin, value } = directory;
  return [
    // Challenges are looked up with their whole path, as certbot's webroot has them.
    ...(match.kind === 'prefix' && purpose !== 'acme'
      ? [directive(origin, 'uri', 'path_regexp', `^${escapePattern(match.path)}`, '/')]
      : []),
    directive(origin, 'root', '*', value),
    ...(purpose === 'acme' ? [directive(origin, 'header', '*', 'Content-Type', 'text/plain')] : []),
    listing.value ? directive(listing.origin, 'file_server', 'browse') : directive(origin, 'file_server'),
  ];
}

/** Changes of headers on the way to the upstream and back that hold no names of the site. */
function proxyHeaders(location: ResolvedLocation, action: ProxyAction): readonly CaddyNode[] {
  return [
    hostUp(action.host),
    ...(location.access.auth?.kind === 'forward'
      ? action.requestHeaders
          .filter((header) => !copied(location, header.name))
          .flatMap((header) => headerUp(header))
      : [headersUp(action.requestHeaders)]),
    // The upstream's own forms of our headers go.
    ...location.responseHeaders.map((header) => directive(header.origin, 'header_down', `-${header.name}`)),
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

function streamingNodes(
  location: ResolvedLocation,
  { responseBuffering, upgrade }: ProxyAction,
  target: RenderTarget,
): readonly CaddyNode[] {
  const streams = ['ws', 'sse', 'grpc'].includes(location.class.value);
  return [
    // Streams are passed on at once by themselves; the setting would keep the upstream busy after the client has gone.
    ...(responseBuffering.value || streams
      ? []
      : [directive(responseBuffering.origin, 'flush_interval', '-1')]),
    ...(upgrade.value && can(target, 'streamCloseDelay')
      ? [
          directive(
            {
              path: upgrade.origin.path,
              why: `open WebSockets outlive a reload (${gateReason(target, 'streamCloseDelay')})`,
            },
            'stream_close_delay',
            '5m',
          ),
        ]
      : []),
  ];
}
