import type { ResolvedAuth } from '../../resolve/resolved';
import { headerUp } from './headers';
import { block, type CaddyNode, directive, type Placeholders } from './tree';
import { timeNodes, transportNode, upstreamAddresses } from './upstream';
import { hostVariable } from './value';
import type { VhostView } from './vhost-view';

type ForwardAuth = Extract<ResolvedAuth, { kind: 'forward' }>;

const queryMatcher = (name: string, index: number) => `@${name}-${index}`;

/**
 * Asks another server whether a request may pass: 2xx lets it through, 401 asks to sign in, 403 refuses, everything else is a fault. The
 * short form `forward_auth` would hand every other answer of that server to the client.
 */
export function forwardAuth(auth: ForwardAuth, matcher: string, view: VhostView): readonly CaddyNode[] {
  const upstream = view.upstreams.get(auth.upstream.value);
  const at = auth.path.origin;
  // A client's own headers go before the question, not only when the answer replaces them.
  const guards = auth.copyHeaders.map(({ value, origin }) =>
    directive(origin, 'request_header', `-${value}`),
  );
  if (upstream === undefined) return [...guards, directive(at, 'respond', matcher, '500')];
  const up = view.vhost.requestHeaders.flatMap((header) => headerUp(header));
  return [
    ...guards,
    block(
      at,
      'reverse_proxy',
      [matcher, ...upstreamAddresses(upstream)],
      [
        directive(at, 'method', 'GET'),
        directive(at, 'rewrite', auth.path.value),
        directive(at, 'header_up', 'Host', [{ placeholder: `vars.${hostVariable}` }]),
        ...up,
        // The question is a plain one, also for a WebSocket.
        directive(at, 'header_up', '-Upgrade'),
        directive(at, 'header_up', '-Connection'),
        directive(at, 'header_up', 'X-Original-Method', [{ placeholder: 'http.request.orig_method' }]),
        directive(at, 'header_up', 'X-Original-URI', [{ placeholder: 'http.request.orig_uri' }]),
        transportNode(
          upstream,
          timeNodes({ connectSeconds: 10, readSeconds: 60, sendSeconds: 60 }),
          view.target,
        ),
        directive(at, '@passed', 'status', '2xx'),
        block(at, 'handle_response', ['@passed'], copies(auth)),
        directive(at, '@sign-in', 'status', '401'),
        block(at, 'handle_response', ['@sign-in'], [unauthorised(auth, view)]),
        directive(at, '@refused', 'status', '403'),
        block(at, 'handle_response', ['@refused'], [directive(at, 'respond', '403')]),
        block(at, 'handle_response', [], [directive(at, 'respond', '500')]),
      ],
    ),
  ];
}

/** Copies what the answer has of each header; a header that is not there is not sent empty. */
function copies(auth: ForwardAuth): readonly CaddyNode[] {
  // Caddy leaves out a response handler without directives, and the answer would fall to the last one: 500.
  if (auth.copyHeaders.length === 0) return [directive(auth.path.origin, 'vars', 'gatehouse_passed', 'yes')];
  return auth.copyHeaders.flatMap(({ value, origin }, index) => {
    const name = queryMatcher('has', index);
    const placeholder = `http.reverse_proxy.header.${value}`;
    return [
      block(origin, name, [], [directive(origin, 'vars_regexp', [{ placeholder }], '.')]),
      directive(origin, 'request_header', name, value, [{ placeholder }]),
    ];
  });
}

function unauthorised(auth: ForwardAuth, { site, vhost }: VhostView): CaddyNode {
  if (auth.signInUrl === null) return directive(auth.path.origin, 'respond', '401');
  const { value, origin } = auth.signInUrl;
  const publicOrigin = /^https?:\/\/[^/]+/.exec(site.publicUrl)?.[0] ?? '';
  const to: Placeholders =
    vhost.role === 'main'
      ? [`${value}?rd=${publicOrigin}`, { placeholder: 'http.request.orig_uri' }]
      : [value];
  return directive(origin, 'redir', '*', to, '302');
}
