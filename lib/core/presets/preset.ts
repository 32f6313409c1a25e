import type {
  ExtraHost,
  HeaderRule,
  Limits,
  Location,
  Match,
  Prefix,
  Site,
  TrafficClass,
  Upstream,
} from '../site/schema';
import type { ProbeSpec } from './probe-spec';

export type PrefixMode = Prefix['mode'];

/**
 * What one CI server needs of a reverse proxy, as data. A preset is a file of facts: everything in it comes from the application's
 * own documentation or source, named in a comment beside it.
 */
export interface Preset<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly summary: string;
  /** The application's own page about reverse proxies. */
  readonly docsUrl: string | null;
  /** Where the application usually listens, seen from the proxy. */
  readonly upstream: { readonly scheme: 'http' | 'https' | 'h2c'; readonly port: number };
  readonly prefix: {
    readonly modes: readonly PrefixMode[];
    /** For mode `fixed`: the one prefix the application has. */
    readonly fixed?: `/${string}/`;
    /** A usual prefix, offered by the form. */
    readonly suggestion?: `/${string}/`;
  };
  /** Overrides of the general defaults, each with its reason. */
  readonly limits: { readonly [Key in keyof Limits]?: Fact<number> };
  /** The application's own path rules. `none`/`fixed`/`add`/`rewrite` sites use them as they are, `keep`/`strip` sites below their prefix. */
  readonly locations: readonly PresetLocation[];
  /** Locations that some installations want; offered by the form, never added by themselves. */
  readonly suggestions?: readonly PresetSuggestion[];
  /**
   * Second services of the application, and other ways to speak to the same one. Offered together with the suggestions and extra hosts
   * that name them, never added by themselves.
   */
  readonly extraUpstreams?: readonly PresetUpstream[];
  /** Further public names that some installations want; offered, never added by themselves. */
  readonly extraHosts?: readonly PresetExtraHost[];
  /** Root paths that must reach the application unstripped when the site strips a prefix. */
  readonly unstrippedPaths?: readonly `/${string}/`[];
  /** WebSocket upgrades may come on any path, not only on those of class `ws`. */
  readonly upgradeAnywhere: boolean;
  /** `false`: long downloads must not be spooled to a temporary file of limited size. */
  readonly spoolToDisk?: Fact<boolean>;
  readonly rawUri: Fact<boolean>;
  /** `keep`: the application reads Authorization itself; `strip`: it never does, so that the proxy's own password need not reach it. */
  readonly authorization: Fact<'keep' | 'strip'>;
  /** `false`: has no sign-in of its own as it is installed, or nobody can know; the proxy's then is no second one. */
  readonly signsIn?: false;
  /** Additional request headers the application wants. */
  readonly requestHeaders: readonly PresetHeader[];
  /** Headers that the application believes blindly and the proxy does not set: removed from every request. */
  readonly guardedHeaders: readonly { readonly name: string; readonly why: string }[];
  /** Header in which the application takes the name of a signed-in user, where it can. */
  readonly userHeader?: { readonly name: string; readonly why: string };
  readonly cookies: {
    readonly secure?: Fact<true>;
    readonly httpOnly?: Fact<true>;
    readonly sameSite?: Fact<'lax' | 'strict' | 'none'>;
    /** Under a stripped prefix: the application sets `Path=/` on its cookies. */
    readonly rewritePath?: Fact<true>;
  };
  /** Ports of the application beside the proxied one, and what should be done about each. */
  readonly ports: readonly PresetPort[];
  /** Answers without sign-in when the application is well. Below the prefix, as locations are. */
  readonly healthPath: string;
  /** Settings in the application itself, with this site's values filled in. */
  readonly checklist: (site: Site) => readonly ChecklistItem[];
  /** Checks that fit this application; `path` builds the public path of an application path. */
  readonly probes: (path: (appPath: string) => string) => readonly ProbeSpec[];
}

/** A value with the reason people get to read. */
export interface Fact<T> {
  readonly value: T;
  readonly why: string;
}

export interface PresetLocation {
  readonly match: Match;
  readonly class: TrafficClass;
  readonly why: string;
  readonly limits?: Limits;
  readonly responseBuffering?: boolean;
  readonly requestBuffering?: boolean;
  /** `bypass-auth`: has its own authentication, so that the proxy's would break it. */
  readonly access?: 'bypass-auth';
  /** Secrets travel in the query string. */
  readonly maskQuery?: boolean;
}

/** A location for one's own document. It may lead to one of the preset's extra upstreams; the application's own rules never do. */
export interface PresetSuggestion extends PresetLocation {
  readonly upstream?: Upstream['name'];
}

/** An upstream beside the site's first one, on the machine of the application. */
export interface PresetUpstream {
  readonly name: Upstream['name'];
  readonly scheme: Upstream['scheme'];
  readonly port: number;
  readonly why: string;
}

/** A second public name. Its purpose is also its usual first label: `agents` is offered as `agents.ci.example.com`. */
export interface PresetExtraHost {
  readonly purpose: ExtraHost['purpose'];
  /** One of the preset's extra upstreams; the site's own first one when absent. */
  readonly upstream?: Upstream['name'];
  /** Names below this one belong to the same service: `*.pages.ci.example.com`. */
  readonly wildcard?: true;
  readonly class: ExtraHost['class'];
  readonly prefix?: ExtraHost['prefix'];
  readonly limits?: Limits;
  /** `bypass-auth`: has its own authentication, so that the proxy's would break it. */
  readonly access?: Extract<Location['access'], 'bypass-auth'>;
  readonly why: string;
}

export interface PresetHeader {
  readonly rule: HeaderRule;
  readonly why: string;
  /** Only where people use https: the header says so, and would be a lie on plain http. */
  readonly onlyHttps?: true;
}

export interface PresetPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose: string;
  /** `close`: reachable from the proxy only. `agents`: open to the agents' networks, never through the http proxy. */
  readonly exposure: 'close' | 'agents';
}

export interface ChecklistItem {
  readonly title: string;
  readonly detail: string;
  /** Setting as it is written in the application's configuration. */
  readonly code?: string;
  /** The bare value, where it is pasted into a form. */
  readonly copy?: string;
}
