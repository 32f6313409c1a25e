import type { Issue } from '../../issue';
import { remember } from '../../remember';
import type {
  ProxyAction,
  ResolvedLocation,
  ResolvedServer,
  ResolvedUpstream,
  ResolvedVhost,
} from '../../resolve/resolved';
import { alsoAlways, type LineOrigin } from '../../site/origin';
import type { RenderTarget } from '../../web-server/render-target';
import { gateReason, hasCapability } from './capabilities';
import { type ApacheDirective, type ApacheNode, because, directive, section } from './directive';
import { apacheLayout } from './layout';

/** Cookie that keeps a browser on one server of an upstream. */
export const stickyCookie = 'GATEHOUSE_ROUTE';

/** What the way to an upstream depends on: everything but its addresses, which differ from site to site. */
export interface UpstreamKind {
  readonly name: string;
  readonly secure: boolean;
  /** Its own name where it is asked for a certificate, otherwise `null`. */
  readonly authority: string | null;
}

export const kindOf = ({ name, tls, authority }: ResolvedUpstream): UpstreamKind => ({
  name,
  secure: tls !== null,
  authority: tls === null ? null : authority,
});

/**
 * One way to reach an upstream: its servers with one set of times. Each is a balancer of its own, because Apache finds a plain worker
 * by the longest text its URL starts with and would lend the times of `/ws` to `/wsdl`.
 */
export interface Route {
  readonly name: string;
  readonly upstream: UpstreamKind;
  readonly scheme: 'http' | 'https' | 'ws' | 'wss';
  readonly upgrade: boolean;
  readonly timeoutSeconds: number;
  readonly connectSeconds: number;
  readonly action: ProxyAction;
  /** Origin of a line about this route: where WebSockets are, the version decides how many routes there are and how they are called. */
  readonly explain: (origin: LineOrigin) => LineOrigin;
}

const explainForm = remember((target: RenderTarget) =>
  alsoAlways(`WebSockets: ${gateReason(target, 'upgradeParameter')}`),
);
const asItIs: Route['explain'] = (origin) => origin;

/** The routes of a vhost's locations, found or made on demand; the same settings give the same route. */
export class Routes {
  readonly #all: Route[] = [];
  readonly explain: Route['explain'];

  constructor(
    private readonly upstreams: readonly UpstreamKind[],
    locations: readonly ResolvedLocation[],
    private readonly target: RenderTarget,
  ) {
    const carriesUpgrades = locations.some(({ action }) => action.kind === 'proxy' && action.upgrade.value);
    this.explain = carriesUpgrades ? explainForm(target) : asItIs;
  }

  /** Route for requests of a location; `tunnel` asks for the one that carries WebSockets before 2.4.47. */
  find(action: ProxyAction, tunnel = false): Route | null {
    const upstream = this.upstreams.find(({ name }) => name === action.upstream.value);
    if (upstream === undefined) return null;
    const byParameter = hasCapability(this.target.version, 'upgradeParameter');
    const { secure } = upstream;
    const scheme = tunnel ? (secure ? 'wss' : 'ws') : secure ? 'https' : 'http';
    const upgrade = action.upgrade.value && byParameter;
    // Apache knows one time for both directions; the longer one harms nothing.
    const timeoutSeconds = Math.max(action.readTimeoutSeconds.value, action.sendTimeoutSeconds.value);
    const connectSeconds = action.connectTimeoutSeconds.value;
    const known = this.all.find(
      (route) =>
        route.upstream === upstream &&
        route.scheme === scheme &&
        route.upgrade === upgrade &&
        route.timeoutSeconds === timeoutSeconds &&
        route.connectSeconds === connectSeconds,
    );
    if (known) return known;
    const position = this.upstreams.indexOf(upstream);
    const taken = this.all.filter((route) => route.upstream === upstream).length;
    // Balancer names hold 63 characters at most, `balancer://` included.
    const base = upstream.name.length <= 32 ? upstream.name : `upstream-${position + 1}`;
    const name = `balancer://gatehouse-${base}${taken === 0 ? '' : `-${taken + 1}`}`;
    const route: Route = {
      name,
      upstream,
      scheme,
      upgrade,
      timeoutSeconds,
      connectSeconds,
      action,
      explain: this.explain,
    };
    this.#all.push(route);
    return route;
  }

  get all(): readonly Route[] {
    return this.#all;
  }
}

/** The `<Proxy>` section of a route to an upstream. */
export function balancerNode(route: Route, upstream: ResolvedUpstream, target: RenderTarget): ApacheNode {
  const { action } = route;
  const weights = relativeWeights(upstream.servers);
  const several = upstream.servers.length > 1;
  const sticky = several && upstream.policy.value === 'cookie';
  const members = upstream.servers.map((server, index) =>
    directive(
      'BalancerMember',
      [
        memberUrl(server, route.scheme, index),
        `connectiontimeout=${route.connectSeconds}`,
        `timeout=${route.timeoutSeconds}`,
        // Idle connections are closed before an application closes them under a request.
        'ttl=20',
        // Sign-in services answer with groups and tokens in cookies; the default is 8190 (CHANGES 2.4.34).
        'responsefieldsize=32768',
        ...(route.upgrade ? ['upgrade=websocket'] : []),
        ...(several ? ['retry=10', `loadfactor=${weights[index] ?? 1}`] : []),
        ...(sticky ? [`route=s${index + 1}`] : []),
        ...(server.kind === 'tcp' && server.backup ? ['status=+H'] : []),
        ...(server.kind === 'unix' && server.backup ? ['status=+H'] : []),
      ],
      server.origin,
    ),
  );
  const method = upstream.policy.value === 'least-connections' ? 'bybusyness' : 'byrequests';
  const lines = [
    ...members,
    ...(several || method !== 'byrequests'
      ? [directive('ProxySet', [`lbmethod=${method}`], upstream.policy.origin)]
      : []),
    ...(sticky ? [directive('ProxySet', [`stickysession=${stickyCookie}`], upstream.policy.origin)] : []),
    ...tlsNodes(upstream, target),
  ];
  return section(
    'Proxy',
    [route.name],
    route.explain(action.upstream.origin),
    lines.map((line) => ({ ...line, origin: route.explain(line.origin) })),
  );
}

function memberUrl(server: ResolvedServer, scheme: Route['scheme'], index: number): string {
  // The name behind a socket is only a label that tells members apart.
  if (server.kind === 'unix') return `unix:${server.path}|${scheme}://socket-${index + 1}`;
  const host = server.family === 'ipv6' ? `[${server.address}]` : server.address;
  const usual = scheme === 'https' || scheme === 'wss' ? 443 : 80;
  return `${scheme}://${host}${server.port === usual ? '' : `:${server.port}`}`;
}

/** Apache takes load factors from 1 to 100; larger weights are scaled down. */
function relativeWeights(servers: readonly ResolvedServer[]): readonly number[] {
  const largest = Math.max(...servers.map(({ weight }) => weight));
  return servers.map(({ weight }) =>
    largest <= 100 ? weight : Math.max(1, Math.round((weight * 100) / largest)),
  );
}

function tlsNodes(upstream: ResolvedUpstream, target: RenderTarget): readonly ApacheDirective[] {
  if (upstream.tls === null) return [];
  const { verify } = upstream.tls;
  const protocol = directive(
    'SSLProxyProtocol',
    ['all', '-SSLv3', '-TLSv1', '-TLSv1.1'],
    because('no TLS older than 1.2'),
  );
  if (verify.value.mode === 'skip') {
    return [
      protocol,
      directive('SSLProxyVerify', ['none'], verify.origin),
      directive('SSLProxyCheckPeerName', ['off'], verify.origin),
      directive('SSLProxyCheckPeerExpire', ['off'], verify.origin),
    ];
  }
  const caFile =
    verify.value.mode === 'ca-file' ? verify.value.caFile : apacheLayout(target.layout).systemCaFile;
  return [
    protocol,
    directive('SSLProxyVerify', ['require'], verify.origin),
    directive('SSLProxyVerifyDepth', ['5'], verify.origin),
    directive('SSLProxyCACertificateFile', [caFile], verify.origin),
    directive('SSLProxyCheckPeerName', ['on'], verify.origin),
    directive('SSLProxyCheckPeerExpire', ['on'], verify.origin),
  ];
}

/** Whether a location sends the upstream's own name, which Apache does by itself when the client's is not kept. */
export function sendsUpstreamName(action: ProxyAction, upstream: Pick<UpstreamKind, 'authority'>): boolean {
  const [only, ...rest] = action.host.value;
  return rest.length === 0 && only?.kind === 'text' && only.text === upstream.authority;
}

/** What Apache cannot do of an upstream as a location uses it. */
export function upstreamIssues(
  action: ProxyAction,
  upstream: ResolvedUpstream,
  vhost: ResolvedVhost,
): readonly Issue[] {
  const issues: Issue[] = [];
  const at = (origin: { path: Issue['path'] | null }) => origin.path ?? [];
  if (upstream.protocol === 'h2') {
    issues.push({
      code: 'apache.h2-upstream',
      severity: 'error',
      path: [...at(upstream.origin), 'scheme'],
      message:
        'Apache httpd has no finished HTTP/2 connection to upstreams: mod_proxy_http2 is experimental and drops the trailers of gRPC',
      hint: 'Use nginx or Caddy for this upstream, or open its port to the agents directly.',
    });
  }
  if (upstream.servers.length > 1 && upstream.policy.value === 'client-address') {
    issues.push({
      code: 'apache.client-address',
      severity: 'error',
      path: at(upstream.policy.origin),
      message: 'Apache httpd cannot choose a server by the address of the client',
      hint: 'Choose the policy "cookie", which keeps a browser on its server, or nginx or Caddy for this site.',
    });
  }
  if (upstream.servers.every(({ backup }) => backup)) {
    issues.push({
      code: 'apache.only-backups',
      severity: 'warning',
      path: at(upstream.origin),
      message: 'every server of this upstream is a backup',
    });
  }
  issues.push(...tlsIssues(action, upstream, vhost));
  return issues;
}

/** mod_proxy asks the upstream for the very name it sends as Host (proxy_util.c, ssl_hostname) and verifies that one. */
function tlsIssues(action: ProxyAction, upstream: ResolvedUpstream, vhost: ResolvedVhost): readonly Issue[] {
  if (upstream.tls === null || upstream.tls.verify.value.mode === 'skip') return [];
  const wanted = upstream.tls.serverName?.value ?? null;
  const addresses = upstream.servers.map((server) => (server.kind === 'tcp' ? server.address : null));
  const asked = sendsUpstreamName(action, upstream) ? addresses : vhost.hostnames.map(({ value }) => value);
  if (wanted !== null && asked.every((name) => name === wanted)) return [];
  return [
    {
      code: 'apache.upstream-name',
      severity: 'error',
      path: upstream.tls.serverName?.origin.path ?? upstream.origin.path ?? [],
      message: `Apache httpd verifies an https upstream under the name it sends as Host${
        wanted === null ? '' : `, and cannot ask for ${wanted} at the same time`
      }`,
      hint: 'Send the upstream its own name as Host and name the server by that name, or use http on a trusted network, nginx or Caddy.',
    },
  ];
}
