import { findLocation } from '../resolve/find-location';
import type {
  ProxyAction,
  ResolvedLocation,
  ResolvedSite,
  ResolvedUpstream,
  ResolvedVhost,
  Template,
} from '../resolve/resolved';
import { reason } from '../site/origin';
import { portSuffix } from '../site/public-url';
import type { ServerKind } from '../web-server/render-target';
import { conditionsOf } from './conditions';
import type { Answer, Explanation } from './explanation';
import { fillTemplate } from './fill-template';
import { limitsOf } from './limits';
import { mappedPath } from './mapped-path';
import { readPath } from './read-path';
import { refusalOf } from './refusal';
import type { Request } from './request';
import { answerHeaders, sentHeaders } from './sent-headers';

const nothing = {
  location: null,
  conditions: [],
  requestHeaders: [],
  responseHeaders: [],
  limits: [],
} as const;

/**
 * What a web server does with a request for a site: block, location, conditions, answer, and each header with its reason. It reads the same resolved site
 * that the configuration is made of; conformance asks the real servers whether they agree.
 */
export function explainRequest(site: ResolvedSite, request: Request, server: ServerKind): Explanation {
  const vhost = findVhost(site.vhosts, request);
  if (vhost === null) {
    const port = `${request.scheme} on port ${request.port}`;
    const why = reason(`${site.name} has no block for ${request.hostname} with ${port}`);
    return { ...nothing, vhost, answer: { kind: 'nobody', why } };
  }
  const refusal = refusalOf(vhost, request.target, server);
  if (refusal !== null) return { ...nothing, vhost, answer: { kind: 'refused', ...refusal } };
  const path = readPath(request.target, server);
  const location = findLocation(vhost.locations, path, Object.fromEntries(request.headers));
  // A list of locations ends in one that matches everything.
  if (location === undefined) throw new Error(`${site.name}: no location takes ${request.target}`);
  const { action } = location;
  return {
    vhost,
    location,
    answer: answerOf(site, location, request, server),
    conditions: conditionsOf(location.access),
    requestHeaders: action.kind === 'proxy' ? sentHeaders(action, request, server) : [],
    responseHeaders: answerHeaders(location.responseHeaders, request),
    limits: limitsOf(location),
  };
}

/** The block of a site that takes a request: by scheme and port, then by name, a literal one before a wildcard. */
function findVhost(vhosts: readonly ResolvedVhost[], request: Request): ResolvedVhost | null {
  const here = vhosts.filter(
    ({ tls, listen }) =>
      (tls !== null) === (request.scheme === 'https') && listen.port.value === request.port,
  );
  const literal = here.find(({ hostnames }) => hostnames.some(({ value }) => value === request.hostname));
  const [, ...parents] = request.hostname.split('.');
  const wildcard = `*.${parents.join('.')}`;
  return literal ?? here.find(({ hostnames }) => hostnames.some(({ value }) => value === wildcard)) ?? null;
}

function answerOf(
  site: ResolvedSite,
  { action, origin, match }: ResolvedLocation,
  request: Request,
  server: ServerKind,
): Answer {
  const at = request.target.indexOf('?');
  const [path, query] =
    at < 0 ? [request.target, ''] : [request.target.slice(0, at), request.target.slice(at)];
  switch (action.kind) {
    case 'deny':
      return { kind: 'denied', status: action.status, why: action.origin };
    case 'redirect':
      return {
        kind: 'redirect',
        status: action.status,
        to: absolute(
          fillTemplate(action.location, request) +
            restOf(action.restOf, server === 'apache' ? path.replace(/^\/+/, '/') : path) +
            (action.keepQuery ? query : ''),
          action.base,
          request,
          server,
        ),
        why: action.origin,
      };
    case 'static': {
      const below = action.purpose === 'files' && match.kind === 'prefix' ? match.path.length : 1;
      return {
        kind: 'file',
        file: `${action.directory.value.replace(/\/$/, '')}/${path.slice(below)}`,
        lists: action.listing.value && path.endsWith('/'),
        why: action.directory.origin,
      };
    }
    case 'proxy':
      return {
        kind: 'application',
        ...placesOf(site.upstreams, action),
        line: `${request.method} ${mappedPath(action.path.value, match, path, server)}${query}`,
        upgrades: action.upgrade.value,
        why: origin,
      };
  }
}

function placesOf(upstreams: readonly ResolvedUpstream[], action: ProxyAction) {
  const upstream = upstreams.find(({ name }) => name === action.upstream.value);
  const scheme = upstream?.tls ? 'https' : 'http';
  return {
    upstream: action.upstream.value,
    servers: (upstream?.servers ?? []).map((server) => {
      if (server.kind === 'unix') return `unix:${server.path}`;
      const address = server.family === 'ipv6' ? `[${server.address}]` : server.address;
      return `${scheme}://${address}:${server.port}${server.backup ? ' (when the others are down)' : ''}`;
    }),
  };
}

/** What a path has behind a prefix, where it begins so as it was received. */
function restOf(prefix: string | null, path: string): string {
  return prefix !== null && path.startsWith(prefix) ? path.slice(prefix.length).replace(/^[/\\]+/, '') : '';
}

/** Apache sends no path alone: it puts a scheme and a name in front, the public ones where they are others than the listener's. */
function absolute(location: string, base: Template | null, request: Request, server: ServerKind): string {
  if (server !== 'apache' || !location.startsWith('/')) return location;
  if (base !== null) return fillTemplate(base, request) + location;
  const { scheme, hostname, port } = request;
  return `${scheme}://${hostname}${portSuffix({ scheme, port })}${location}`;
}
