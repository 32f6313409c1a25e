import type { Preset, PresetLocation } from '../presets/preset';
import type { Decided, LineOrigin } from '../site/origin';
import type { Redirect } from '../site/redirect-schema';
import type { Limits, Location, Prefix, Site, TrafficClass } from '../site/schema';
import type { OwnLimits } from './limits';
import type { MappingList } from './mapping-list';
import type { ProxyAction, ResolvedAccess, ResolvedHeader, Template } from './resolved';

export type AccessRule = Location['access'];

/** What makes one vhost of a site different from the others, apart from its names. */
export interface VhostPlace {
  readonly prefix: Prefix;
  /** Field of the prefix in the document. */
  readonly prefixPath: (string | number)[];
  readonly secure: boolean;
  readonly presetLocations: readonly PresetLocation[];
  readonly redirects: readonly Redirect[];
  readonly upstream: Decided<string>;
  /** For everything that no rule names. */
  readonly defaultClass: TrafficClass;
  readonly defaultAccess: AccessRule;
  readonly defaultLimits: Limits;
  /** Field of the document whose `limits` are the site's here, where it is not the document itself. */
  readonly limitsPath?: (string | number)[];
  readonly defaultOrigin: LineOrigin;
}

/** What a location takes from the upstream that it passes requests to, which need not be the vhost's. */
export interface UpstreamFacts {
  readonly host: Decided<Template>;
  /** `http://10.0.0.5:8010` where the upstream is told its own name, otherwise `null`. */
  readonly origin: string | null;
}

/** What all locations of one vhost have in common. */
export interface VhostContext {
  readonly site: Site;
  readonly preset: Preset;
  readonly place: VhostPlace;
  /** What follows from an upstream; the same object for the same name. */
  readonly facts: (upstream: string) => UpstreamFacts;
  readonly rawUri: Decided<boolean>;
  readonly cookies: ProxyAction['cookies'];
  /** Grows with the locations. */
  readonly mappings: MappingList;
  readonly access: Readonly<Record<AccessRule, ResolvedAccess>>;
  readonly responseHeaders: readonly ResolvedHeader[];
  /** The list for locations under this access rule; the same array each time. */
  readonly requestHeaders: (rule: AccessRule) => readonly ResolvedHeader[];
  /** Whether the name of a signed-in user is known and checked under this rule. */
  readonly isSignedIn: (rule: AccessRule) => boolean;
  readonly limit: (name: keyof Limits, own: OwnLimits, kind: TrafficClass) => Decided<number>;
}
