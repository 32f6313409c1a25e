import type { Preset, PresetLocation } from '../../presets/preset';
import type { Decided, LineOrigin } from '../origin';
import type { PathMapping, ProxyAction, ResolvedAccess, ResolvedHeader, Template } from '../resolved';
import type { Limits, Location, Prefix, Site, TrafficClass } from '../schema';
import type { OwnLimits } from './limits';

type AccessRule = Location['access'];

/** What all locations of one vhost have in common. */
export interface VhostContext {
  readonly site: Site;
  readonly preset: Preset;
  readonly prefix: Prefix;
  /** Canonical name of this vhost. */
  readonly hostname: string;
  /** Field of the prefix in the document. */
  readonly prefixPath: (string | number)[];
  readonly presetLocations: readonly PresetLocation[];
  /** Answer ACME challenges here. */
  readonly acme: boolean;
  readonly upstream: Decided<string>;
  /** `http://10.0.0.5:8010` where the upstream is told its own name, otherwise `null`. */
  readonly upstreamOrigin: string | null;
  readonly host: Decided<Template>;
  readonly rawUri: Decided<boolean>;
  readonly upgradeAnywhere: boolean;
  readonly cookies: ProxyAction['cookies'];
  /** Repairs of redirects for a path mapping; the same array each time. */
  readonly locationRewrites: (mapping: PathMapping) => ProxyAction['locationRewrites'];
  readonly access: Readonly<Record<AccessRule, ResolvedAccess>>;
  readonly responseHeaders: readonly ResolvedHeader[];
  /** The list for locations under this access rule; the same array each time. */
  readonly requestHeaders: (rule: AccessRule) => readonly ResolvedHeader[];
  /** Whether the name of a signed-in user is known and checked under this rule. */
  readonly isSignedIn: (rule: AccessRule) => boolean;
  readonly limit: (name: keyof Limits, own: OwnLimits, kind: TrafficClass) => Decided<number>;
  /** For everything that no rule names. */
  readonly defaultClass: TrafficClass;
  readonly defaultAccess: AccessRule;
  readonly defaultLimits: Limits;
  readonly defaultOrigin: LineOrigin;
}
