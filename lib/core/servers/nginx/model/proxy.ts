import { remember } from '../../../remember';
import type { ProxyAction, ResolvedLocation, ResolvedUpstream } from '../../../resolve/resolved';
import { also } from '../../../site/origin';
import { because, can } from '../capabilities';
import { type Directive, directive, type Node, shared } from '../tree';
import { signedInHeaders } from './access';
import { type ProxyFamily, requestHeaders, sameRequestHeaders } from './headers';
import { upstreamSymbol } from './upstream-block';
import { proxyPass } from './upstream-path';
import { upstreamTls } from './upstream-tls';
import type { VhostView } from './vhost-view';

/** gRPC locations have directives of their own. */
export const familyOf = (location: ResolvedLocation): ProxyFamily =>
  location.class.value === 'grpc' ? 'grpc' : 'proxy';

/** Everything that sends a location's requests to its upstream. */
export function proxyDirectives(
  view: VhostView,
  location: ResolvedLocation,
  action: ProxyAction,
): readonly Node[] {
  const upstream = view.upstreams.get(action.upstream.value);
  const family = familyOf(location);
  if (upstream) checkProtocol(view, location, action, upstream, family);
  const signedIn = signedInHeaders(location.access);
  const { inherited } = view;
  const protocol = upstream?.protocol ?? 'http/1.1';
  const symbol = upstreamSymbol(view.site.name, action.upstream.value);
  const scheme = upstream?.tls ? 's' : '';
  return [
    ...(family === 'grpc'
      ? [directive(action.upstream.origin, 'grpc_pass', `grpc${scheme}://${symbol}`)]
      : proxyPass(action, location, `http${scheme}://${symbol}`)),
    ...(family === 'proxy' ? protocolVersion(view, upstream) : []),
    ...(family === 'proxy' &&
    protocol === 'http/1.1' &&
    signedIn.size === 0 &&
    inherited &&
    sameRequestHeaders(action, inherited)
      ? []
      : requestHeaders(action, family, signedIn, protocol)),
    pace[family](action),
    ...(family === 'proxy' && inherited?.locationRewrites !== action.locationRewrites
      ? locationRewrites(view, action)
      : []),
    ...(family === 'proxy' && inherited?.cookies !== action.cookies ? cookies(view, action) : []),
    ...(upstream?.tls ? upstreamTls(view, upstream, family) : []),
  ];
}

/** What most locations of a server have in common, to be written at its level. */
export function inheritedDirectives(view: VhostView, action: ProxyAction): readonly Node[] {
  return [...requestHeaders(action, 'proxy'), ...locationRewrites(view, action), ...cookies(view, action)];
}

function checkProtocol(
  { vhost, issues, target }: VhostView,
  location: ResolvedLocation,
  action: ProxyAction,
  upstream: ResolvedUpstream,
  family: ProxyFamily,
): void {
  if (family === 'grpc') {
    if (!vhost.listen.http2.value) {
      issues.error(
        'nginx.grpc-needs-http2',
        vhost.tls ? vhost.listen.http2.origin.path : ['tls'],
        'gRPC needs HTTP/2, which nginx speaks to clients over TLS',
        'Switch TLS and HTTP/2 on.',
      );
    }
    if (action.path.value.kind !== 'none') {
      issues.error(
        'nginx.grpc-path',
        action.path.origin.path,
        'nginx cannot change the path of gRPC calls',
        'Give gRPC an extra host of its own, without a prefix.',
      );
    }
  } else if (upstream.protocol === 'h2' && !can(target, 'http2Upstream')) {
    issues.gated(
      'nginx.http2-upstream',
      'http2Upstream',
      [...(upstream.origin.path ?? []), 'scheme'],
      `HTTP/2 to the upstream outside of class grpc (location ${location.match.kind})`,
      'Use scheme http or https, or class grpc.',
    );
  }
}

function protocolVersion(
  { target }: VhostView,
  upstream: ResolvedUpstream | undefined,
): readonly Directive[] {
  // 1.0 is the default before nginx 1.29.7, without WebSockets and chunked requests.
  if (upstream?.protocol !== 'h2' || !can(target, 'http2Upstream')) return [];
  return [
    directive(
      { path: upstream.origin.path, why: because(target, 'http2Upstream') },
      'proxy_http_version',
      '2',
    ),
  ];
}

/** Times and buffering, made once for a location that several sites share. */
const pace = {
  proxy: remember((action: ProxyAction) => shared([...timeouts(action, 'proxy'), ...buffering(action)])),
  grpc: remember((action: ProxyAction) => shared(timeouts(action, 'grpc'))),
};

function timeouts(action: ProxyAction, family: ProxyFamily): readonly Directive[] {
  const { connectTimeoutSeconds, readTimeoutSeconds, sendTimeoutSeconds } = action;
  return [
    directive(connectTimeoutSeconds.origin, `${family}_connect_timeout`, `${connectTimeoutSeconds.value}s`),
    directive(readTimeoutSeconds.origin, `${family}_read_timeout`, `${readTimeoutSeconds.value}s`),
    directive(sendTimeoutSeconds.origin, `${family}_send_timeout`, `${sendTimeoutSeconds.value}s`),
    // A slow client is given as long as the upstream is.
    ...(sendTimeoutSeconds.value > 60
      ? [directive(sendTimeoutSeconds.origin, 'client_body_timeout', `${sendTimeoutSeconds.value}s`)]
      : []),
  ];
}

function buffering({ responseBuffering, requestBuffering, spoolToDisk }: ProxyAction): readonly Directive[] {
  return [
    ...(responseBuffering.value ? [] : [directive(responseBuffering.origin, 'proxy_buffering', 'off')]),
    ...(requestBuffering.value ? [] : [directive(requestBuffering.origin, 'proxy_request_buffering', 'off')]),
    ...(responseBuffering.value && !spoolToDisk.value
      ? [directive(spoolToDisk.origin, 'proxy_max_temp_file_size', '0')]
      : []),
  ];
}

function locationRewrites(
  { vhost }: VhostView,
  { locationRewrites: position, path }: ProxyAction,
): readonly Directive[] {
  const rewrites = vhost.locationRewrites[position] ?? [];
  if (rewrites.length === 0) return [directive(path.origin, 'proxy_redirect', 'off')];
  return rewrites.map(({ from, to, origin }) => directive(origin, 'proxy_redirect', from, to));
}

function cookies({ target, issues }: VhostView, { cookies: rules }: ProxyAction): readonly Directive[] {
  const { secure, httpOnly, sameSite, path } = rules;
  const paths = path
    ? [
        directive(path.origin, 'proxy_cookie_path', path.value, path.value),
        directive(path.origin, 'proxy_cookie_path', '/', `${path.value}/`),
      ]
    : [];
  const flags = [
    ...(secure ? ['secure'] : []),
    ...(httpOnly ? ['httponly'] : []),
    ...(sameSite ? [`samesite=${sameSite.value}`] : []),
  ];
  const first = secure ?? httpOnly ?? sameSite;
  if (first === null) return paths;
  if (!can(target, 'cookieFlags')) {
    issues.warning(
      'nginx.cookie-flags',
      first.origin.path ?? ['cookies'],
      `cookies are not marked ${flags.join(', ')}: ${because(target, 'cookieFlags')}`,
      'Set the marks in the application, or use nginx ≥ 1.19.3.',
    );
    return paths;
  }
  return [
    ...paths,
    directive(also(first.origin, because(target, 'cookieFlags')), 'proxy_cookie_flags', '~', ...flags),
  ];
}
