import { z } from 'zod';
import { Address, Cidr, HeaderName, HeaderValue, Hostname, HostPath, Line, PathPrefix, Port, Seconds, Slug, UrlPath } from './text';

/**
 * The site document: one public name set that we proxy. Everything a person can say about a site is here, nothing else is stored.
 * Optional fields mean "as the preset says"; `resolve` fills them.
 */

export const PresetId = z.enum(['buildbot', 'gocd', 'pipelit', 'jenkins', 'generic']);
export type PresetId = z.infer<typeof PresetId>;

/** One backend process: a TCP address or a unix socket. */
export const UpstreamServer = z.union([
  z.strictObject({ address: Address, port: Port, weight: z.int().min(1).max(1000).default(1), backup: z.boolean().default(false) }),
  z.strictObject({ socket: HostPath, weight: z.int().min(1).max(1000).default(1), backup: z.boolean().default(false) }),
]);
export type UpstreamServer = z.infer<typeof UpstreamServer>;

/** Where requests go: one or more equal servers speaking the same scheme. */
export const Upstream = z.strictObject({
  name: Slug.default('main'),
  scheme: z.enum(['http', 'https', 'h2c', 'h2']).default('http'),
  servers: z.array(UpstreamServer).min(1, 'needs at least one server').max(64),
  policy: z.enum(['round-robin', 'least-connections', 'client-address', 'cookie']).default('round-robin'),
  /** How an https upstream proves itself. Skipping verification is possible but always shown in the review. */
  verify: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('system') }),
      z.strictObject({ mode: z.literal('ca-file'), caFile: HostPath }),
      z.strictObject({ mode: z.literal('skip') }),
    ])
    .default({ mode: 'system' }),
  /** SNI and verified name for https upstreams; the first server's name when absent. */
  serverName: Hostname.optional(),
});
export type Upstream = z.infer<typeof Upstream>;

/** How a request is told apart from others of the same site. */
export const Match = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), path: UrlPath }),
  z.strictObject({ kind: z.literal('prefix'), path: UrlPath }),
  z.strictObject({ kind: z.literal('suffix'), path: UrlPath }),
  /** Path segments, `*` standing for exactly one: `/api/tenant/*\/console-stream`. */
  z.strictObject({ kind: z.literal('segments'), path: z.string().max(512).regex(/^(?:\/(?:\*|[A-Za-z0-9._~-]+))+$/) }),
  z.strictObject({ kind: z.literal('header'), name: HeaderName, startsWith: HeaderValue }),
]);
export type Match = z.infer<typeof Match>;

/** What kind of traffic a location carries; decides buffering, timeouts and protocol handling. */
export const TrafficClass = z.enum(['http', 'ws', 'sse', 'grpc', 'upload', 'download', 'static', 'deny']);
export type TrafficClass = z.infer<typeof TrafficClass>;

/** Header values may use these placeholders; everything else is literal. */
export const HeaderTemplate = HeaderValue.refine(
  (value) => [...value.matchAll(/\{([^}]*)\}/g)].every(([, name]) => ['public_url', 'prefix', 'client_ip', 'scheme', 'host', 'port', 'user'].includes(name ?? '')),
  'unknown placeholder; use {public_url}, {prefix}, {client_ip}, {scheme}, {host}, {port} or {user}',
);

export const HeaderRule = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set'), name: HeaderName, value: HeaderTemplate }),
  z.strictObject({ op: z.literal('remove'), name: HeaderName }),
]);
export type HeaderRule = z.infer<typeof HeaderRule>;

/** Limits and times; at a location they override the site's, at the site they override the preset's. */
export const Limits = z.strictObject({
  /** Largest request body in MiB; 0 means no limit. */
  bodySizeMib: z.int().min(0).max(1_048_576).optional(),
  connectTimeoutSeconds: Seconds.max(75, 'at most 75: no web server waits longer to connect').optional(),
  readTimeoutSeconds: Seconds.optional(),
  sendTimeoutSeconds: Seconds.optional(),
});
export type Limits = z.infer<typeof Limits>;

export const Location = z.strictObject({
  match: Match,
  class: TrafficClass.default('http'),
  upstream: Slug.optional(),
  limits: Limits.default({}),
  /** Pass responses on as they come. Follows from the class when absent. */
  responseBuffering: z.boolean().optional(),
  requestBuffering: z.boolean().optional(),
  /** `bypass` takes the location out of the site's access rules. */
  access: z.enum(['site', 'bypass']).default('site'),
  /** Leave the query string out of the access log (tokens travel there). */
  maskQuery: z.boolean().default(false),
  requestHeaders: z.array(HeaderRule).max(32).default([]),
  responseHeaders: z.array(HeaderRule).max(32).default([]),
  /** For class `static`: the directory to serve. */
  directory: HostPath.optional(),
});
export type Location = z.infer<typeof Location>;

/** How the public path prefix reaches the upstream. */
export const Prefix = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  /** The application has a fixed prefix of its own (GoCD: /go/). */
  z.strictObject({ mode: z.literal('fixed'), path: PathPrefix }),
  z.strictObject({ mode: z.literal('keep'), path: PathPrefix }),
  z.strictObject({ mode: z.literal('strip'), path: PathPrefix, unstrippedPaths: z.array(UrlPath).max(8).default([]) }),
  /** `/v2/x` → `/repository/docker/v2/x`. */
  z.strictObject({ mode: z.literal('add'), path: PathPrefix }),
  z.strictObject({ mode: z.literal('rewrite'), rules: z.array(z.strictObject({ from: PathPrefix, to: PathPrefix })).min(1).max(16) }),
]);
export type Prefix = z.infer<typeof Prefix>;

export const Tls = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  /** Certificate (with intermediates) and key that already exist on the host. */
  z.strictObject({ mode: z.literal('files'), certificate: HostPath, key: HostPath }),
  /** Made on the host at apply, for trying out; the key never leaves the host. */
  z.strictObject({ mode: z.literal('self-signed') }),
  /** The web server obtains the certificate by itself (Caddy). */
  z.strictObject({ mode: z.literal('automatic') }),
]);
export type Tls = z.infer<typeof Tls>;

export const Hsts = z.strictObject({
  maxAgeSeconds: z.int().min(0).max(63_072_000),
  includeSubDomains: z.boolean().default(false),
  preload: z.boolean().default(false),
});

export const Access = z.strictObject({
  ip: z.strictObject({ allow: z.array(Cidr).max(256).default([]), deny: z.array(Cidr).max(256).default([]) }).default({ allow: [], deny: [] }),
  auth: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('none') }),
      z.strictObject({ mode: z.literal('basic'), realm: Line(64).regex(/^[\x20-\x7e]+$/), usersFile: HostPath }),
      z.strictObject({
        mode: z.literal('forward'),
        upstream: Slug,
        path: UrlPath,
        copyHeaders: z.array(HeaderName).max(16).default([]),
        signInUrl: z.url({ protocol: /^https?$/ }).max(512).optional(),
      }),
    ])
    .default({ mode: 'none' }),
  /** Tell the application who signed in, in this header; a client's own is always removed. */
  userHeader: z.strictObject({ name: HeaderName, value: HeaderTemplate.default('{user}') }).optional(),
  /** Paths of the preset that have their own authentication stay reachable without the proxy's. */
  presetBypass: z.boolean().default(true),
});
export type Access = z.infer<typeof Access>;

/** A second name of the same site with its own purpose (an agents' gRPC name, a registry, a resource root). */
export const ExtraHost = z.strictObject({
  purpose: Slug,
  hostnames: z.array(Hostname).min(1).max(16),
  upstream: Slug,
  prefix: Prefix.default({ mode: 'none' }),
  locations: z.array(Location).max(64).default([]),
});
export type ExtraHost = z.infer<typeof ExtraHost>;

export const Site = z.strictObject({
  schemaVersion: z.literal(1),
  name: Slug,
  description: Line(500).default(''),
  preset: PresetId,
  /** The CI server's own version where the checklist depends on it, such as `4.3.0`. */
  appVersion: z.string().regex(/^\d+(?:\.\d+){0,3}$/, 'must be a version such as 4.3.0').optional(),
  hostnames: z.array(Hostname).min(1, 'needs at least one host name').max(64),
  /** Public https port; the public http port is where the redirect lives, or the site itself without TLS. */
  httpsPort: Port.default(443),
  httpPort: Port.default(80),
  prefix: Prefix.default({ mode: 'none' }),
  ipv6: z.boolean().default(true),
  http2: z.boolean().default(true),
  http3: z.boolean().default(false),
  tls: Tls,
  tlsProfile: z.enum(['modern', 'intermediate']).default('intermediate'),
  hsts: Hsts.optional(),
  redirectStatus: z.union([z.literal(301), z.literal(308)]).default(308),
  /** Directory that answers ACME http-01 challenges on the http port. */
  acmeDirectory: HostPath.optional(),
  upstreams: z.array(Upstream).min(1, 'needs at least one upstream').max(16),
  limits: Limits.default({}),
  locations: z.array(Location).max(128).default([]),
  extraHosts: z.array(ExtraHost).max(32).default([]),
  requestHeaders: z.array(HeaderRule).max(32).default([]),
  responseHeaders: z.array(HeaderRule).max(32).default([]),
  cookies: z
    .strictObject({ secure: z.boolean(), httpOnly: z.boolean(), sameSite: z.enum(['unset', 'lax', 'strict', 'none']), rewritePath: z.boolean() })
    .partial()
    .default({}),
  access: Access.default({ ip: { allow: [], deny: [] }, auth: { mode: 'none' }, presetBypass: true }),
  /** Proxies in front of this one whose forwarded headers are believed; empty means we are the edge. */
  trustedProxies: z.array(Cidr).max(64).default([]),
  proxyProtocol: z.boolean().default(false),
  /** Pass the request path on byte for byte. Follows from the preset when absent. */
  rawUri: z.boolean().optional(),
  logs: z
    .strictObject({ access: z.enum(['default', 'off', 'combined', 'timing', 'json']).default('default'), directory: HostPath.optional() })
    .default({ access: 'default' }),
});
/** A complete site document. */
export type Site = z.infer<typeof Site>;
/** What a person or a file may leave out. */
export type SiteInput = z.input<typeof Site>;
