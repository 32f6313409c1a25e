import type { ProxyAction, ResolvedHeader, ResolvedLocation, ResolvedVhost } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { accessNodes } from './access';
import type { Routes } from './balancer';
import { sendsUpstreamName } from './balancer';
import { hasCapability } from './capabilities';
import { type ApacheNode, because, directive, section } from './directive';
import { headerStartsWith, pathMatches } from './expression';
import { cookieEdits, locationEdits, requestHeader, responseHeader } from './headers';
import { escapePattern, pathPattern } from './pattern';

interface Context {
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly routes: Routes;
}

/**
 * Sections of a vhost's locations, the least specific first: where several match, Apache lets the later one win, so the reverse of the
 * list in which the first match wins. Redirects and refusals are no sections, see `rewriteNodes`.
 */
export function locationSections(context: Context): readonly ApacheNode[] {
  const { vhost } = context;
  const answered = vhost.locations.filter(({ action }) => action.kind === 'proxy' || action.kind === 'static');
  const headers = varyingHeaders(answered);
  return answered.toReversed().map((location) => {
    const earlier = vhost.locations.slice(0, vhost.locations.indexOf(location));
    return locationSection(location, earlier, headers, context);
  });
}

/** Headers that are the same everywhere stand once at the vhost; the others in every section. */
function varyingHeaders(locations: readonly ResolvedLocation[]) {
  const requests = locations.flatMap(({ action }) => (action.kind === 'proxy' ? [action.requestHeaders] : []));
  const responses = locations.map(({ responseHeaders }) => responseHeaders);
  return { request: varyingNames(requests), response: varyingNames(responses) };
}

function varyingNames(lists: readonly (readonly ResolvedHeader[])[]): ReadonlySet<string> {
  const first = lists[0];
  if (first === undefined || lists.every((list) => list === first)) return new Set();
  const print = (header: ResolvedHeader) => JSON.stringify([header.op, header.op === 'set' ? header.value : null]);
  const names = new Set(lists.flatMap((list) => list.map(({ name }) => name.toLowerCase())));
  for (const name of names) {
    const forms = lists.map((list) => list.find((header) => header.name.toLowerCase() === name));
    if (forms.every((form) => form !== undefined && forms[0] && print(form) === print(forms[0]))) names.delete(name);
  }
  return names;
}

/** Header lines that every location shares, for the vhost itself. */
export function commonHeaderNodes(vhost: ResolvedVhost): readonly ApacheNode[] {
  const answered = vhost.locations.filter(({ action }) => action.kind === 'proxy' || action.kind === 'static');
  const varying = varyingHeaders(answered);
  const request = answered.flatMap(({ action }) => (action.kind === 'proxy' ? [action.requestHeaders] : []))[0] ?? [];
  const response = answered[0]?.responseHeaders ?? vhost.responseHeaders;
  const isCommon = (names: ReadonlySet<string>) => (header: ResolvedHeader) => !names.has(header.name.toLowerCase());
  return [
    ...request.filter(isCommon(varying.request)).flatMap((header) => requestHeader(header, null)),
    ...response.filter(isCommon(varying.response)).flatMap((header) => responseHeader(header, null)),
  ];
}

function locationSection(
  location: ResolvedLocation,
  earlier: readonly ResolvedLocation[],
  headers: ReturnType<typeof varyingHeaders>,
  context: Context,
): ApacheNode {
  const { match, action, origin } = location;
  // A header that this location sets and a more specific one leaves alone must not reach into that one.
  const except = (has: (other: ResolvedLocation) => boolean) => {
    const others = earlier.filter((other) => !has(other)).map(({ match: path }) => pathPattern(path));
    return others.length === 0 ? null : `!(${pathMatches(others)})`;
  };
  const named = (list: readonly ResolvedHeader[], name: string) =>
    list.some((header) => header.name.toLowerCase() === name.toLowerCase());
  const children: ApacheNode[] = [
    ...accessNodes(location.access),
    directive('LimitRequestBody', [String(location.bodySizeMib.value * 1_048_576)], location.bodySizeMib.origin),
  ];
  if (action.kind === 'proxy') {
    children.push(...proxyNodes(location, action, earlier, context));
    children.push(
      ...action.requestHeaders
        .filter(({ name }) => headers.request.has(name.toLowerCase()))
        .flatMap((header) =>
          requestHeader(
            header,
            except((other) => other.action.kind !== 'proxy' || named(other.action.requestHeaders, header.name)),
          ),
        ),
    );
  }
  children.push(
    ...location.responseHeaders
      .filter(({ name }) => headers.response.has(name.toLowerCase()))
      .flatMap((header) => responseHeader(header, except((other) => named(other.responseHeaders, header.name)))),
  );
  if (action.kind === 'static') {
    children.push(
      directive('ProxyPass', ['!'], action.directory.origin),
      directive('Alias', [`${action.directory.value}/`], action.directory.origin),
      ...(action.purpose === 'acme' ? [directive('ForceType', ['text/plain'], action.directory.origin)] : []),
    );
  }
  if (match.kind === 'header') {
    const higher = earlier.map((other) => pathPattern(other.match, slash(context.target)));
    const condition = [
      headerStartsWith(match.name, match.startsWith, escapePattern),
      ...(higher.length === 0 ? [] : [`!(${pathMatches(higher)})`]),
    ].join(' && ');
    return section('Location', [match.below], origin, [section('If', [condition], origin, children)]);
  }
  const [name, argument] = sectionHead(location, context.target);
  return section(name, [argument], origin, children);
}

const slash = (target: RenderTarget): '/' | '/+' => (hasCapability(target.version, 'mergeSlashes') ? '/' : '/+');

/** Plain sections for prefixes; patterns may be followed by the query, because the untouched request line holds it. */
function sectionHead({ match }: ResolvedLocation, target: RenderTarget): [name: string, argument: string] {
  if (match.kind === 'any') return ['Location', '/'];
  if (match.kind === 'prefix') return ['Location', match.path];
  return ['LocationMatch', pathPattern(match, slash(target)).replace(/\$$/, '(?:\\?|$)')];
}

function proxyNodes(
  location: ResolvedLocation,
  action: ProxyAction,
  earlier: readonly ResolvedLocation[],
  { target, routes }: Context,
): readonly ApacheNode[] {
  const route = routes.find(action);
  if (route === null) return [];
  const upstreamName = route.upstream.tls !== null && sendsUpstreamName(action, route.upstream);
  const nodes: ApacheNode[] = [passNode(location, action, route.name)];
  if (action.upgrade.value && !route.upgrade) {
    const tunnel = routes.find(action, true);
    const higher = earlier.map(({ match }) => pathPattern(match, slash(target)));
    const condition = ['%{HTTP:Upgrade} =~ m,^websocket$,i', ...(higher.length === 0 ? [] : [`!(${pathMatches(higher)})`])];
    if (tunnel) {
      nodes.push(
        section('If', [condition.join(' && ')], action.upgrade.origin, [passNode(location, action, tunnel.name)]),
      );
    }
  }
  nodes.push(
    upstreamName
      ? directive('ProxyPreserveHost', ['Off'], action.host.origin)
      : requestHeader({ op: 'set', name: 'Host', value: action.host.value, origin: action.host.origin }, null)[0] ??
          directive('ProxyPreserveHost', ['On'], because('the client’s Host')),
    ...locationEdits(action.locationRewrites),
    ...cookieEdits(action.cookies),
  );
  return nodes;
}

/** `nocanon` sends the request line as it came; without it `%2F` and doubled slashes would change. */
function passNode({ match }: ResolvedLocation, action: ProxyAction, balancer: string): ApacheNode {
  const mapping = action.path.value;
  const from = mapping.kind === 'strip' ? mapping.prefix : mapping.kind === 'replace' ? mapping.from : '/';
  const to = mapping.kind === 'add' ? mapping.prefix : mapping.kind === 'replace' ? mapping.to : '/';
  const origin = action.upstream.origin;
  if (match.kind === 'any') return directive('ProxyPass', [balancer + to, 'nocanon'], origin);
  const below = match.kind === 'prefix' ? match.path : match.kind === 'header' ? match.below : null;
  if (below !== null) {
    const path = below.startsWith(from) ? to + below.slice(from.length) : below;
    return directive('ProxyPass', [balancer + path, 'nocanon'], origin);
  }
  // A pattern without captures sends the path as it came.
  return directive('ProxyPassMatch', [from === to ? balancer : `${balancer}${to}$1`, 'nocanon'], origin);
}

