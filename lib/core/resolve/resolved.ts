import type { Decided, LineOrigin } from '../site/origin';
import type { TrafficClass } from '../site/schema';
import type { TlsProfile } from '../tls/profiles';

/**
 * A site with every decision taken, before any web server's syntax. `resolve(site, preset)` makes it; renderers read nothing else.
 *
 * Shape:
 *
 *     ResolvedSite
 *       upstreams[]   where requests can go (referred to by name)
 *       vhosts[]      in this order: the site itself, its extra hosts, then the http → https redirect listener (if any), then its aliases
 *         locations[] in order of evaluation: FIRST MATCH WINS; a list always ends in a location that matches everything
 *           action    proxy | redirect | deny | static, with everything that action needs
 *
 * Order of locations. A server that picks by its own rules (nginx) uses `rank`:
 *   `exact`    exact paths;
 *   `guarded`  prefixes that no pattern may override (deny rules, ACME and whatever is nested in them), longest first;
 *   `pattern`  suffix, segments and header matches, the user's before the preset's; of one header the longer beginning first;
 *   `prefix`   all other prefixes, longest first;
 *   `any`      the last one, matches every path.
 *
 * Paths are PUBLIC paths (the prefix mode is already applied to the matcher); what the upstream sees is told by `PathMapping`.
 * Every `Decided` value carries its origin, to be attached to the lines it makes.
 */
export interface ResolvedSite {
  /** Slug, unique on a target: file names and config symbols derive from it. */
  readonly name: string;
  readonly title: string;
  /** Canonical public URL with trailing slash: `https://ci.example.com:8443/buildbot/`. */
  readonly publicUrl: string;
  readonly upstreams: readonly ResolvedUpstream[];
  readonly vhosts: readonly ResolvedVhost[];
}

export interface ResolvedUpstream {
  /** Slug, unique within the site. */
  readonly name: string;
  readonly origin: LineOrigin;
  /** `http/1.1` for http and https, `h2` for h2c (clear text) and h2 (over TLS). */
  readonly protocol: 'http/1.1' | 'h2';
  readonly servers: readonly ResolvedServer[];
  readonly policy: Decided<'round-robin' | 'least-connections' | 'client-address' | 'cookie'>;
  /** `null` for clear text. */
  readonly tls: UpstreamTls | null;
  /** What a `Host: upstream` policy sends: `10.0.0.5:8010`, `[::1]:8010`, `ci.internal` (default port left out), `localhost` for sockets. */
  readonly authority: string;
}

export type ResolvedServer =
  | {
      readonly kind: 'tcp';
      /** IPv6 without brackets. */
      readonly address: string;
      readonly family: 'ipv4' | 'ipv6' | 'name';
      readonly port: number;
      readonly weight: number;
      readonly backup: boolean;
      readonly origin: LineOrigin;
    }
  | {
      readonly kind: 'unix';
      readonly path: string;
      readonly weight: number;
      readonly backup: boolean;
      readonly origin: LineOrigin;
    };

export interface UpstreamTls {
  readonly verify: Decided<
    { readonly mode: 'system' | 'skip' } | { readonly mode: 'ca-file'; readonly caFile: string }
  >;
  /** Name for SNI and verification; `null` when the upstream is an address and none was given (then there is no SNI). */
  readonly serverName: Decided<string> | null;
}

/**
 * Two things hold for every vhost that serves an application, whatever its locations say: a request for a name that is not among its hostnames is
 * refused, and so is a path with `..` parts in any encoding (`..%2f`, `%2e%2e/`, `..;`), because the location and the application would
 * understand it differently.
 */
export interface ResolvedVhost {
  /** `main`, an extra host's purpose, `redirect`, `aliases` or `plain-aliases`; unique within the site. */
  readonly id: string;
  readonly role: 'main' | 'extra' | 'redirect';
  readonly origin: LineOrigin;
  /** Lower case; may hold `*.` names, but never as the first one. A request for any other name must not be answered by this vhost. */
  readonly hostnames: readonly Decided<string>[];
  readonly listen: ResolvedListen;
  readonly tls: ResolvedTls | null;
  /**
   * What most locations of this vhost send and add. A location holds either the very same array (`===`) or a complete list of
   * its own, so a server with inheritance may print these once.
   */
  readonly requestHeaders: readonly ResolvedHeader[];
  readonly responseHeaders: readonly ResolvedHeader[];
  /** Lists of changes of the `Location` response header. A location names one by its position: only these hold the names of the site. */
  readonly locationRewrites: readonly LocationRewrites[];
  readonly log: ResolvedLog;
  /** Proxies whose X-Forwarded-For is believed when the client's address is found; empty: the peer is the client. */
  readonly trustedProxies: readonly Decided<string>[];
  readonly locations: readonly ResolvedLocation[];
}

export interface ResolvedListen {
  /** Port the server listens on. */
  readonly port: Decided<number>;
  readonly ipv6: Decided<boolean>;
  readonly http2: Decided<boolean>;
  readonly http3: Decided<boolean>;
  /** Expect the PROXY protocol on this port; the client's address then comes from it. */
  readonly proxyProtocol: Decided<boolean>;
}

export interface ResolvedTls {
  readonly certificate: Decided<
    | { readonly kind: 'files'; readonly certificatePath: string; readonly keyPath: string }
    /** Paths come from `selfSignedPaths(layout, site.name)`; one certificate for all names of the site. */
    | { readonly kind: 'self-signed' }
    | { readonly kind: 'automatic' }
    /** The certificate of this name, see `acmeDirectoryOf`. */
    | { readonly kind: 'acme'; readonly name: string }
  >;
  readonly profile: Decided<TlsProfile>;
}

export interface ResolvedLog {
  readonly access: Decided<'default' | 'off' | 'combined' | 'timing' | 'json'>;
  /** `null`: the web server's usual place. */
  readonly directory: Decided<string> | null;
}

export type ResolvedMatch =
  | { readonly kind: 'exact'; readonly path: string }
  /** `path` ends in `/`: everything below it. The path without the slash is another one; a server may redirect it to this. */
  | { readonly kind: 'prefix'; readonly path: string }
  /** Paths below `below` that end in `path` (which starts with `/`): `/buildbot/` … `/ws`. */
  | { readonly kind: 'suffix'; readonly below: string; readonly path: string }
  /** The whole path, `null` standing for exactly one non-empty segment. */
  | { readonly kind: 'segments'; readonly segments: readonly (string | null)[] }
  /** Paths below `below` whose request header starts with `startsWith` (compared without regard to case). */
  | { readonly kind: 'header'; readonly below: string; readonly name: string; readonly startsWith: string }
  | { readonly kind: 'any' };

export interface ResolvedLocation {
  readonly match: ResolvedMatch;
  readonly rank: 'exact' | 'guarded' | 'pattern' | 'prefix' | 'any';
  /**
   * Requests that an application could read as this location's path although it is written otherwise (`%2f`, `//`, `;x`, `\\`) are refused: with
   * the rule's own status where it denies, with 400 elsewhere. Without it such a request is any other one: encoded slashes are at home in many paths.
   */
  readonly strict: boolean;
  readonly origin: LineOrigin;
  readonly class: Decided<TrafficClass>;
  readonly action: LocationAction;
  readonly access: ResolvedAccess;
  /** Largest request body in MiB, 0 for no limit. */
  readonly bodySizeMib: Decided<number>;
  /** Complete list (see `ResolvedVhost.responseHeaders`), HSTS included. Sent with every status, error pages too. */
  readonly responseHeaders: readonly ResolvedHeader[];
  /** Leave the query string out of the access log. */
  readonly maskQuery: Decided<boolean>;
}

export type LocationAction =
  | ProxyAction
  /** `location` is an absolute path or URL without query; the request's query string is appended where `keepQuery`. */
  | {
      readonly kind: 'redirect';
      readonly status: 301 | 302 | 307 | 308;
      readonly location: Template;
      /**
       * Public scheme, name and port, to go in front of a path; `null` where they are those of this listener. For a server that sends no path alone and
       * would put its own in front of it.
       */
      readonly base: Template | null;
      /**
       * A prefix: what the path has behind it is appended to `location`. Slashes and backslashes in front of that are dropped, or `//evil.example` could be
       * made of it. `null`: nothing is.
       */
      readonly restOf: string | null;
      readonly keepQuery: boolean;
      readonly origin: LineOrigin;
    }
  | { readonly kind: 'deny'; readonly status: 403 | 404; readonly origin: LineOrigin }
  /** `files`: the path below the match is looked up below `directory`. `acme`: the whole path is, as certbot's webroot wants it. */
  | {
      readonly kind: 'static';
      readonly directory: Decided<string>;
      readonly purpose: 'files' | 'acme';
      /** Whether a directory without an index page is answered with a list of what is in it. */
      readonly listing: Decided<boolean>;
    };

export interface ProxyAction {
  readonly kind: 'proxy';
  /** Name of one of the site's upstreams. */
  readonly upstream: Decided<string>;
  readonly path: Decided<PathMapping>;
  /** The upstream must see the path byte for byte (`%2F`, `//`, `[1]`), apart from the mapping. */
  readonly rawUri: Decided<boolean>;
  /** What goes into `Host`. */
  readonly host: Decided<Template>;
  /** Complete list except `Host`, `Connection` and `Upgrade`; later entries never repeat an earlier name. */
  readonly requestHeaders: readonly ResolvedHeader[];
  /** Let `Connection: Upgrade` through (WebSocket). */
  readonly upgrade: Decided<boolean>;
  readonly connectTimeoutSeconds: Decided<number>;
  /** Read timeout: the longest pause between two reads from the upstream. */
  readonly readTimeoutSeconds: Decided<number>;
  /** Send timeout: the longest pause between two writes of the request to the upstream. */
  readonly sendTimeoutSeconds: Decided<number>;
  readonly responseBuffering: Decided<boolean>;
  readonly requestBuffering: Decided<boolean>;
  /** Whether a long response may be spooled to a temporary file for a slow client. */
  readonly spoolToDisk: Decided<boolean>;
  /** Position of the changes of `Location` in the vhost's `locationRewrites`. */
  readonly locationRewrites: number;
  readonly cookies: ResolvedCookies;
}

/** Changes of the `Location` response header: the first `from` that it starts with becomes `to`; equal pairs protect a value. */
export type LocationRewrites = readonly {
  readonly from: string;
  readonly to: string;
  readonly origin: LineOrigin;
}[];

/** How the public path becomes the upstream's. Prefixes end in `/`. */
export type PathMapping =
  | { readonly kind: 'none' }
  /** `/buildbot/x` → `/x` */
  | { readonly kind: 'strip'; readonly prefix: string }
  /** `/v2/x` → `/repository/docker/v2/x` */
  | { readonly kind: 'add'; readonly prefix: string }
  /** `from` + rest → `to` + rest */
  | { readonly kind: 'replace'; readonly from: string; readonly to: string };

/** Changes to `Set-Cookie`; `null` leaves that part alone. */
export interface ResolvedCookies {
  readonly secure: Decided<true> | null;
  readonly httpOnly: Decided<true> | null;
  readonly sameSite: Decided<'lax' | 'strict' | 'none'> | null;
  /** The prefix without its last slash. Put before every cookie path that is not below it already. */
  readonly path: Decided<string> | null;
}

/** `set` replaces whatever was there, `remove` makes sure that nothing goes through. */
export type ResolvedHeader =
  | { readonly op: 'set'; readonly name: string; readonly value: Template; readonly origin: LineOrigin }
  | { readonly op: 'remove'; readonly name: string; readonly origin: LineOrigin };

/** A header value or redirect target: literal text and request variables in order, never empty. */
export type Template = readonly TemplatePart[];
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: TemplateVariable };

/**
 * `client-ip`: address of the client after trusted proxies are taken into account · `host`: the name the client asked for, one of
 * the vhost's, without port · `user`: who signed in with basic authentication, empty when nobody did · `request-uri`: path and
 * query as received.
 */
export type TemplateVariable = 'client-ip' | 'host' | 'user' | 'request-uri';

export interface ResolvedAccess {
  /** `null`: every address may come. `deny` is asked first; with a non-empty `allow` everybody else is refused. */
  readonly ip: {
    readonly allow: readonly Decided<string>[];
    readonly deny: readonly Decided<string>[];
  } | null;
  readonly auth: ResolvedAuth | null;
  /** Whether address rules and sign-in must both agree (`all`) or one is enough (`any`); `any` only where both exist. */
  readonly satisfy: 'all' | 'any';
}

export type ResolvedAuth =
  | {
      readonly kind: 'basic';
      readonly realm: Decided<string>;
      /** htpasswd file on the host. */
      readonly usersFile: Decided<string>;
    }
  | {
      readonly kind: 'forward';
      readonly upstream: Decided<string>;
      /** Path asked at that upstream. */
      readonly path: Decided<string>;
      /** Response headers of the answer that are sent on to the application (replacing a client's own). */
      readonly copyHeaders: readonly Decided<string>[];
      /** Where a browser is sent to sign in; `null` answers 401. */
      readonly signInUrl: Decided<string> | null;
    };
