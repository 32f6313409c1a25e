import type { Issue } from '../../issue';
import type { ProxyAction, ResolvedServer, ResolvedUpstream } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { can, gateReason } from './capabilities';
import { because, block, type CaddyNode, directive } from './tree';

/** Cookie that keeps a browser on one server of an upstream. */
const stickyCookie = 'gatehouse_route';

/** Addresses as `reverse_proxy` takes them; primaries before backups. Scheme and TLS stand in the transport. */
export function upstreamAddresses({ servers }: ResolvedUpstream): readonly string[] {
  return inOrder(servers).map((server) => {
    if (server.kind === 'unix') return `unix/${server.path}`;
    return `${server.family === 'ipv6' ? `[${server.address}]` : server.address}:${server.port}`;
  });
}

const inOrder = (servers: readonly ResolvedServer[]): readonly ResolvedServer[] => [
  ...servers.filter(({ backup }) => !backup),
  ...servers.filter(({ backup }) => backup),
];

/** How one of several servers is chosen, and that a dead one is passed over. */
export function balancingNodes(upstream: ResolvedUpstream, target: RenderTarget): readonly CaddyNode[] {
  if (upstream.servers.length < 2) return [];
  const { origin } = upstream.policy;
  return [
    directive(policyOrigin(upstream, target), 'lb_policy', ...policy(upstream, target)),
    directive(origin, 'lb_try_duration', '5s'),
    directive(because('a server that refuses connections is left alone for 10 s'), 'fail_duration', '10s'),
  ];
}

const hasBackups = ({ servers }: ResolvedUpstream): boolean => servers.some(({ backup }) => backup);
const isWeighted = ({ servers }: ResolvedUpstream): boolean =>
  servers.some(({ weight }) => weight !== servers[0]?.weight);

function policy(upstream: ResolvedUpstream, target: RenderTarget): readonly string[] {
  if (hasBackups(upstream)) return ['first'];
  switch (upstream.policy.value) {
    case 'least-connections':
      return ['least_conn'];
    case 'client-address':
      return ['ip_hash'];
    case 'cookie':
      return ['cookie', stickyCookie];
    case 'round-robin':
      return isWeighted(upstream) && can(target, 'weights')
        ? ['weighted_round_robin', ...inOrder(upstream.servers).map(({ weight }) => String(weight))]
        : ['round_robin'];
  }
}

function policyOrigin(upstream: ResolvedUpstream, target: RenderTarget) {
  const { origin } = upstream.policy;
  return isWeighted(upstream) && upstream.policy.value === 'round-robin'
    ? { path: origin.path, why: `${origin.why}; weights: ${gateReason(target, 'weights')}` }
    : origin;
}

interface Times {
  readonly connectSeconds: number;
  readonly readSeconds: number;
  readonly sendSeconds: number;
}

/** Times of a proxied location. */
export const timesOf = (action: ProxyAction): Times => ({
  connectSeconds: action.connectTimeoutSeconds.value,
  readSeconds: action.readTimeoutSeconds.value,
  sendSeconds: action.sendTimeoutSeconds.value,
});

// Idle connections are closed before an application closes them under a request.
const keepalive = directive(
  because('closed before the application does it under a request'),
  'keepalive',
  '20s',
);
// The application is asked for what the client can read, not for what Caddy could.
const noCompression = directive(
  because('the client’s Accept-Encoding goes through as it is'),
  'compression',
  'off',
);

/** Times of the transport, of a location where one sets them. */
export function timeNodes(times: Times, action?: ProxyAction): readonly CaddyNode[] {
  const read = action?.readTimeoutSeconds.origin ?? because('default');
  const send = action?.sendTimeoutSeconds.origin ?? because('default');
  const connect = action?.connectTimeoutSeconds.origin ?? because('default');
  return [
    directive(connect, 'dial_timeout', `${times.connectSeconds}s`),
    directive(read, 'response_header_timeout', `${times.readSeconds}s`),
    directive(read, 'read_timeout', `${times.readSeconds}s`),
    directive(send, 'write_timeout', `${times.sendSeconds}s`),
    keepalive,
  ];
}

/** The `transport http` block. */
export const transportNode = (
  upstream: ResolvedUpstream,
  times: readonly CaddyNode[],
  target: RenderTarget,
): CaddyNode =>
  block(
    upstream.origin,
    'transport',
    ['http'],
    [
      ...times,
      directive(upstream.origin, 'versions', ...versions(upstream)),
      noCompression,
      ...tlsNodes(upstream, target),
    ],
  );

function versions({ protocol, tls }: ResolvedUpstream): readonly string[] {
  if (protocol === 'http/1.1') return ['1.1'];
  return tls === null ? ['h2c', '2'] : ['2'];
}

function tlsNodes({ tls }: ResolvedUpstream, target: RenderTarget): readonly CaddyNode[] {
  if (tls === null) return [];
  const { verify, serverName } = tls;
  const nodes: CaddyNode[] = [directive(verify.origin, 'tls')];
  if (serverName) nodes.push(directive(serverName.origin, 'tls_server_name', serverName.value));
  if (verify.value.mode === 'skip') nodes.push(directive(verify.origin, 'tls_insecure_skip_verify'));
  if (verify.value.mode === 'ca-file') {
    const origin = {
      path: verify.origin.path,
      why: `${verify.origin.why}; form: ${gateReason(target, 'trustPool')}`,
    };
    nodes.push(
      can(target, 'trustPool')
        ? directive(origin, 'tls_trust_pool', 'file', verify.value.caFile)
        : directive(origin, 'tls_trusted_ca_certs', verify.value.caFile),
    );
  }
  return nodes;
}

/** What Caddy cannot do of an upstream. */
export function upstreamIssues(upstream: ResolvedUpstream, target: RenderTarget): readonly Issue[] {
  const path = upstream.policy.origin.path ?? upstream.origin.path ?? [];
  const issues: Issue[] = [];
  const primaries = upstream.servers.filter(({ backup }) => !backup).length;
  if (hasBackups(upstream) && (primaries > 1 || upstream.policy.value !== 'round-robin')) {
    issues.push({
      code: 'caddy.backup-servers',
      severity: 'error',
      path,
      message:
        'Caddy knows backup servers only as "the first that answers": one primary server, policy round-robin',
      hint: 'Keep one primary server, drop the backups, or use nginx or Apache for this site.',
    });
  }
  if (
    isWeighted(upstream) &&
    (upstream.policy.value !== 'round-robin' || !can(target, 'weights')) &&
    !hasBackups(upstream)
  ) {
    issues.push({
      code: 'caddy.weights',
      severity: 'error',
      path,
      message: `Caddy knows weights only with policy round-robin since 2.7 (${gateReason(target, 'weights')})`,
      hint: 'Give all servers the same weight.',
    });
  }
  return issues;
}
