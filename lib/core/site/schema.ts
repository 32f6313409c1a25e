import { z } from 'zod';
import { type PresetId as PresetIdType, presetIds } from './preset-titles';
import { PlainHttp, Redirect } from './redirect-schema';
import {
  Address,
  Cidr,
  HeaderName,
  HeaderTemplate,
  HeaderValue,
  Hostname,
  HostPath,
  Line,
  PathPrefix,
  PlainHostname,
  PlainUrl,
  Port,
  Seconds,
  Slug,
  UrlPath,
} from './text';

/**
 * The site document: one public name set that we proxy. Everything a person can say about a site is here, nothing else is stored.
 * Optional fields mean "as the preset says"; `resolve` fills them.
 */

export const PresetId = z.enum(presetIds);
export type PresetId = PresetIdType;

const Weight = z.int().min(1).max(1000).default(1);

/** One backend process: a TCP address or a unix socket. */
export const UpstreamServer = z.union([
  z.strictObject({ address: Address, port: Port, weight: Weight, backup: z.boolean().default(false) }),
  z.strictObject({ socket: HostPath, weight: Weight, backup: z.boolean().default(false) }),
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
  serverName: PlainHostname.optional(),
});
export type Upstream = z.infer<typeof Upstream>;

/**
 * How a request is told apart from others of the same site. Under a kept or stripped prefix, paths stand below that prefix: they are the
 * application's own paths.
 */
export const Match = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), path: UrlPath }),
  /** Everything below a path that ends in a slash. */
  z.strictObject({ kind: z.literal('prefix'), path: PathPrefix }),
  /** Paths that end so: `/hijack`. */
  z.strictObject({ kind: z.literal('suffix'), path: UrlPath }),
  /** Path segments, `*` standing for exactly one: `/api/tenant/*\/console-stream`. */
  z.strictObject({
    kind: z.literal('segments'),
    path: z
      .string()
      .max(255)
      .regex(/^(?:\/(?:\*|[A-Za-z0-9._~-]+))+$/, 'must be path segments, with * for exactly one')
      .refine(
        (path) => !path.split('/').some((part) => part === '.' || part === '..'),
        'must not contain . or .. parts',
      ),
  }),
  z.strictObject({ kind: z.literal('header'), name: HeaderName, startsWith: HeaderValue.max(128) }),
]);
export type Match = z.infer<typeof Match>;

/** What kind of traffic a location carries; decides buffering, timeouts and protocol handling. */
export const TrafficClass = z.enum(['http', 'ws', 'sse', 'grpc', 'upload', 'download', 'static', 'deny']);
export type TrafficClass = z.infer<typeof TrafficClass>;

export const HeaderRule = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set'), name: HeaderName, value: HeaderTemplate }),
  z.strictObject({ op: z.literal('remove'), name: HeaderName }),
]);
export type HeaderRule = z.infer<typeof HeaderRule>;

/** Limits and times; at a location they override the site's, at the site they override the preset's. */
export const Limits = z.strictObject({
  /** Largest request body in MiB; 0 means no limit. */
  bodySizeMib: z.int().min(0).max(1_048_576).optional(),
  connectTimeoutSeconds: z
    .int()
    .min(1)
    .max(75, 'at most 75: no web server waits longer to connect')
    .optional(),
  readTimeoutSeconds: Seconds.optional(),
  sendTimeoutSeconds: Seconds.optional(),
});
export type Limits = z.infer<typeof Limits>;

export const Location = z.strictObject({
  match: Match,
  class: TrafficClass.default('http'),
  upstream: Slug.optional(),
  limits: Limits.default({}),
  /** Hold responses back to spare the upstream slow clients. Follows from the class when absent. */
  responseBuffering: z.boolean().optional(),
  requestBuffering: z.boolean().optional(),
  /** `bypass-auth` needs no sign-in at the proxy; `bypass` takes the location out of the address rules too. */
  access: z.enum(['site', 'bypass-auth', 'bypass']).default('site'),
  /** Only these addresses may come here, whatever the site's address rules say; empty: as `access` says. */
  allow: z.array(Cidr).max(64).default([]),
  /** Leave the query string out of the access log (tokens travel there). */
  maskQuery: z.boolean().default(false),
  requestHeaders: z.array(HeaderRule).max(32).default([]),
  responseHeaders: z.array(HeaderRule).max(32).default([]),
  /** For class `static`: the directory to serve. */
  directory: HostPath.optional(),
  /** For class `static`: answer a directory without an index page with a list of what is in it. */
  listing: z.boolean().default(false),
});
export type Location = z.infer<typeof Location>;

/** How the public path prefix reaches the upstream. */
export const Prefix = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  /** The application has a fixed prefix of its own (GoCD: /go/). */
  z.strictObject({ mode: z.literal('fixed'), path: PathPrefix }),
  /** The application is told the same prefix and gets it. */
  z.strictObject({ mode: z.literal('keep'), path: PathPrefix }),
  /** The application knows nothing of the prefix; `unstrippedPaths` reach it from the root as they are. */
  z.strictObject({
    mode: z.literal('strip'),
    path: PathPrefix,
    unstrippedPaths: z.array(PathPrefix).max(8).default([]),
  }),
  /** `/v2/x` → `/repository/docker/v2/x`. */
  z.strictObject({ mode: z.literal('add'), path: PathPrefix }),
  z.strictObject({
    mode: z.literal('rewrite'),
    rules: z
      .array(z.strictObject({ from: PathPrefix, to: PathPrefix }))
      .min(1)
      .max(16),
  }),
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
  /** The dashboard obtains it from an issuer of the team and renews it; the key is made on the host and never leaves it. */
  z.strictObject({
    mode: z.literal('acme'),
    issuer: Slug,
    /** One of the profiles that the CA offers; the issuer's when absent. */
    profile: z
      .string()
      .max(64)
      .regex(/^[A-Za-z0-9._-]+$/, 'must be the name of a profile: letters, digits and . _ -')
      .optional(),
    /** `ecdsa` (P-256) when absent. */
    keyType: z.enum(['ecdsa', 'rsa']).optional(),
  }),
]);
export type Tls = z.infer<typeof Tls>;

export const Hsts = z.strictObject({
  maxAgeSeconds: z.int().min(0).max(63_072_000),
  includeSubDomains: z.boolean().default(false),
  preload: z.boolean().default(false),
});
export type Hsts = z.infer<typeof Hsts>;

export const Access = z.strictObject({
  /** `deny` is asked first; with a non-empty `allow` everybody else is refused. */
  ip: z
    .strictObject({
      allow: z.array(Cidr).max(256).default([]),
      deny: z.array(Cidr).max(256).default([]),
    })
    .default({ allow: [], deny: [] }),
  auth: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('none') }),
      z.strictObject({
        mode: z.literal('basic'),
        realm: Line(64)
          .regex(/^[\x20-\x7e]+$/, 'must be visible ASCII characters')
          .regex(/^[^"\\]*$/, 'must not contain " or \\'),
        usersFile: HostPath,
        /** Send the password on to the application. Only for applications that check the same one. */
        passAuthorization: z.boolean().default(false),
      }),
      z.strictObject({
        mode: z.literal('forward'),
        upstream: Slug,
        path: UrlPath,
        copyHeaders: z.array(HeaderName).max(16).default([]),
        signInUrl: PlainUrl.optional(),
      }),
    ])
    .default({ mode: 'none' }),
  /** `any`: an allowed address needs no sign-in. */
  satisfy: z.enum(['all', 'any']).default('all'),
  /** Tell the application who signed in, in this header; a client's own is always removed. */
  userHeader: z.strictObject({ name: HeaderName, value: HeaderTemplate.default('{user}') }).optional(),
  /** Paths of the preset that have their own authentication stay reachable without the proxy's. */
  presetBypass: z.boolean().default(true),
});
export type Access = z.infer<typeof Access>;

/** A second name of the same site with its own purpose (an agents' gRPC name, a registry, a resource root). */
export const ExtraHost = z.strictObject({
  purpose: Slug,
  hostnames: z.array(Hostname).min(1, 'needs at least one host name').max(16),
  upstream: Slug,
  /** A certificate of its own; the site's when absent. */
  tls: Tls.optional(),
  prefix: Prefix.default({ mode: 'none' }),
  class: TrafficClass.extract(['http', 'grpc', 'upload', 'download']).default('http'),
  limits: Limits.default({}),
  locations: z.array(Location).max(64).default([]),
  /** `bypass` leaves this host without the site's access rules. */
  access: z.enum(['site', 'bypass-auth', 'bypass']).default('site'),
});
export type ExtraHost = z.infer<typeof ExtraHost>;

/** A further application below a prefix of its own, under the same names and the same access rules. */
export const Application = z.strictObject({
  name: Slug,
  preset: PresetId,
  prefix: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('fixed'), path: PathPrefix }),
    z.strictObject({ mode: z.literal('keep'), path: PathPrefix }),
    z.strictObject({
      mode: z.literal('strip'),
      path: PathPrefix,
      unstrippedPaths: z.array(PathPrefix).max(8).default([]),
    }),
  ]),
  upstream: Slug,
  limits: Limits.default({}),
  locations: z.array(Location).max(64).default([]),
  /** `bypass-auth` needs no sign-in at the proxy; `bypass` takes it out of the address rules too. */
  access: z.enum(['site', 'bypass-auth', 'bypass']).default('site'),
});
export type Application = z.infer<typeof Application>;

export const Cookies = z
  .strictObject({
    secure: z.boolean(),
    httpOnly: z.boolean(),
    sameSite: z.enum(['unset', 'lax', 'strict', 'none']),
    /** Under a stripped prefix: put the prefix before cookie paths. */
    rewritePath: z.boolean(),
  })
  .partial();
export type Cookies = z.infer<typeof Cookies>;

export const Site = z.strictObject({
  schemaVersion: z.literal(1),
  name: Slug,
  description: Line(500).default(''),
  preset: PresetId,
  /** The CI server's own version where the checklist depends on it, such as `4.3.0`. */
  appVersion: z
    .string()
    .max(32)
    .regex(/^\d+(?:\.\d+){0,3}$/, 'must be a version such as 4.3.0')
    .optional(),
  /** The first is the canonical one; the application is told that. */
  hostnames: z.array(Hostname).min(1, 'needs at least one host name').max(64),
  /** The https port; the http port is where the redirect lives, or the site itself without TLS. */
  httpsPort: Port.default(443),
  httpPort: Port.default(80),
  /** How people reach the site where something in front (load balancer, port mapping) changes scheme or port. */
  publicAddress: z.strictObject({ scheme: z.enum(['http', 'https']), port: Port }).optional(),
  prefix: Prefix.default({ mode: 'none' }),
  ipv6: z.boolean().default(true),
  http2: z.boolean().default(true),
  http3: z.boolean().default(false),
  tls: Tls,
  tlsProfile: z.enum(['modern', 'intermediate']).default('intermediate'),
  hsts: Hsts.optional(),
  redirectStatus: z.union([z.literal(301), z.literal(308)]).default(308),
  /** What the http port does where the site has TLS. */
  plainHttp: PlainHttp.default({ mode: 'redirect', paths: [] }),
  /** Names that only lead to the first host name, with path and query. */
  aliases: z
    .strictObject({
      /** The certificate covers them too. */
      hostnames: z.array(Hostname).max(64).default([]),
      /** On the http port only: short names, or old ones that no certificate can be had for. */
      plainHostnames: z.array(Hostname).max(64).default([]),
    })
    .default({ hostnames: [], plainHostnames: [] }),
  redirects: z.array(Redirect).max(128).default([]),
  /** Directory that answers ACME http-01 challenges on the http port. */
  acmeDirectory: HostPath.optional(),
  upstreams: z.array(Upstream).min(1, 'needs at least one upstream').max(16),
  /** What the upstream sees as Host: the public name, or its own. */
  hostHeader: z.enum(['public', 'upstream']).default('public'),
  limits: Limits.default({}),
  locations: z.array(Location).max(128).default([]),
  extraHosts: z.array(ExtraHost).max(32).default([]),
  applications: z.array(Application).max(16).default([]),
  requestHeaders: z.array(HeaderRule).max(32).default([]),
  responseHeaders: z.array(HeaderRule).max(32).default([]),
  cookies: Cookies.default({}),
  access: Access.default({
    ip: { allow: [], deny: [] },
    auth: { mode: 'none' },
    satisfy: 'all',
    presetBypass: true,
  }),
  /** Proxies in front of this one whose forwarded client address is believed; empty means we are the edge. */
  trustedProxies: z.array(Cidr).max(64).default([]),
  /** Expect the PROXY protocol from the trusted proxies. */
  proxyProtocol: z.boolean().default(false),
  /** Pass the request path on byte for byte. Follows from the preset when absent. */
  rawUri: z.boolean().optional(),
  logs: z
    .strictObject({
      access: z.enum(['default', 'off', 'combined', 'timing', 'json']).default('default'),
      directory: HostPath.optional(),
    })
    .default({ access: 'default' }),
});
/** A complete site document. */
export type Site = z.infer<typeof Site>;
/** What a person or a file may leave out. */
export type SiteInput = z.input<typeof Site>;
