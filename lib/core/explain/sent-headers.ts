import type { ProxyAction, ResolvedHeader } from '../resolve/resolved';
import { type LineOrigin, reason } from '../site/origin';
import type { ServerKind } from '../web-server/render-target';
import type { SentHeader } from './explanation';
import { fillTemplate } from './fill-template';
import type { Request } from './request';

const asSent = reason('as the client sent it');
const perConnection = reason('belongs to one connection, which ends at the proxy');
// http://nginx.org/en/docs/http/ngx_http_core_module.html#underscores_in_headers, and ignore_invalid_headers beside it.
const oddName = reason('nginx drops names with other characters than letters, digits and -');
const underscores = reason('names with _ are dropped: some applications take them for the same with -');
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of the request as the application gets them: the proxy's, then the client's own. */
export function sentHeaders(
  action: ProxyAction,
  request: Request,
  server: ServerKind,
): readonly SentHeader[] {
  const received = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const before = received.get(name.toLowerCase());
    received.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  const host: SentHeader = {
    name: 'Host',
    value: fillTemplate(action.host.value, request),
    state: 'set',
    instead: null,
    origin: action.host.origin,
  };
  const decided = action.requestHeaders.map((header) => changed(header, request, received));
  const known = new Set(['host', ...action.requestHeaders.map(({ name }) => name.toLowerCase())]);
  const own = request.headers
    .filter(([name]) => !known.has(name.toLowerCase()))
    .map(([name, value]): SentHeader => {
      const lost = lostBecause(name, action, server);
      return lost === null
        ? { name, value, state: 'as-sent', instead: null, origin: asSent }
        : { name, value: null, state: 'removed', instead: value, origin: lost };
    });
  // A header that nobody sent and that is removed in any case is not news.
  return [host, ...decided, ...own].filter(({ state, instead }) => state !== 'removed' || instead !== null);
}

function lostBecause(name: string, action: ProxyAction, server: ServerKind): LineOrigin | null {
  const passes = action.upgrade.value && /^(?:connection|upgrade)$/i.test(name);
  if (hopByHop.has(name.toLowerCase()) && !passes) return perConnection;
  if (server === 'nginx' && /[^A-Za-z0-9-]/.test(name)) return oddName;
  return server === 'caddy' && name.includes('_') ? underscores : null;
}

/** Headers that are set in an answer or removed from it. */
export const answerHeaders = (headers: readonly ResolvedHeader[], request: Request): readonly SentHeader[] =>
  headers.map((header) => changed(header, request, new Map()));

function changed(
  header: ResolvedHeader,
  request: Request,
  received: ReadonlyMap<string, string>,
): SentHeader {
  const { name, origin } = header;
  const instead = received.get(name.toLowerCase()) ?? null;
  return header.op === 'remove'
    ? { name, value: null, state: 'removed', instead, origin }
    : { name, value: fillTemplate(header.value, request), state: 'set', instead, origin };
}
