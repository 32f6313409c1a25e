import { remember } from '../../../remember';
import type { ProxyAction, ResolvedHeader, ResolvedUpstream, Template } from '../../../resolve/resolved';
import type { Decided, LineOrigin } from '../../../site/origin';
import { connectionVariable } from '../shared';
import { type Directive, directive, type Node, shared, variable } from '../tree';
import { fromTemplate } from './values';

export type ProxyFamily = 'proxy' | 'grpc';

const nothingReplaced: ReadonlyMap<string, Directive> = new Map();
const noUpgrade: LineOrigin = { path: null, why: 'no WebSocket here: one request per connection' };

/**
 * The whole header set of a proxied request. nginx inherits these directives all or nothing, so they are always printed as a whole.
 */
export function requestHeaders(
  action: ProxyAction,
  family: ProxyFamily,
  replaced: ReadonlyMap<string, Directive> = nothingReplaced,
  protocol: ResolvedUpstream['protocol'] = 'http/1.1',
): readonly Node[] {
  const lines = setLines[family];
  return [
    lines.host(action.host),
    ...(replaced.size === 0
      ? [lines.all(action.requestHeaders)]
      : action.requestHeaders.map((header) => replaced.get(header.name.toLowerCase()) ?? lines.one(header))),
    // HTTP/2 has no such headers, and an upstream that gets one closes the stream.
    ...(family === 'proxy' && protocol === 'http/1.1' ? connectionHeaders(action) : []),
  ];
}

/** Lines of headers, made once: most sites share whole lists of them. */
function setLinesOf(family: ProxyFamily) {
  const name = `${family}_set_header`;
  const one = remember((header: ResolvedHeader) =>
    directive(header.origin, name, header.name, header.op === 'set' ? fromTemplate(header.value) : ''),
  );
  return {
    one,
    all: remember((headers: readonly ResolvedHeader[]) => shared(headers.map(one))),
    host: remember(({ value, origin }: Decided<Template>) =>
      directive(origin, name, 'Host', fromTemplate(value)),
    ),
  };
}

const setLines = { proxy: setLinesOf('proxy'), grpc: setLinesOf('grpc') };
const closing = [directive(noUpgrade, 'proxy_set_header', 'Connection', 'close')];

function connectionHeaders({ upgrade }: ProxyAction): readonly Directive[] {
  if (!upgrade.value) return closing;
  return [
    directive(upgrade.origin, 'proxy_set_header', 'Upgrade', variable('http_upgrade')),
    directive(upgrade.origin, 'proxy_set_header', 'Connection', variable(connectionVariable)),
  ];
}

/** Whether two proxied locations send the same headers; lists are compared by identity, which `resolve` keeps. */
export function sameRequestHeaders(a: ProxyAction, b: ProxyAction): boolean {
  return a.requestHeaders === b.requestHeaders && a.host === b.host && a.upgrade.value === b.upgrade.value;
}

/** The whole set of response headers; `set` also drops the application's own header of that name. `family` is null where nothing is proxied. */
export function responseHeaders(
  headers: readonly ResolvedHeader[],
  family: ProxyFamily | null,
): readonly Directive[] {
  return headers.flatMap((header) => [
    ...(family === null ? [] : [directive(header.origin, `${family}_hide_header`, header.name)]),
    ...(header.op === 'set'
      ? [directive(header.origin, 'add_header', header.name, fromTemplate(header.value), 'always')]
      : []),
  ]);
}
