import type { Preset, PresetLocation } from '../../presets/preset';
import { remember } from '../../remember';
import type { Decided, LineOrigin } from '../origin';
import type { ProxyAction, ResolvedAccess, ResolvedHeader, ResolvedUpstream, Template } from '../resolved';
import type { Limits, Location, Prefix, Site, TrafficClass } from '../schema';
import { resolveAccess } from './access';
import { resolveCookies } from './cookies';
import { byField, byRule } from './decide';
import { requestHeaderLists, responseHeaderList } from './header-lists';
import { publicHost } from './headers';
import { decideLimit, type OwnLimits } from './limits';
import { MappingList } from './location-rewrites';

type AccessRule = Location['access'];

/** What makes one vhost of a site different from the others, apart from its names. */
export interface VhostPlace {
  readonly prefix: Prefix;
  /** Field of the prefix in the document. */
  readonly prefixPath: (string | number)[];
  readonly secure: boolean;
  readonly presetLocations: readonly PresetLocation[];
  readonly upstream: Decided<string>;
  /** For everything that no rule names. */
  readonly defaultClass: TrafficClass;
  readonly defaultAccess: AccessRule;
  readonly defaultLimits: Limits;
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

const publicNameOrigin: LineOrigin = {
  path: ['hostHeader'],
  why: 'the application sees its public name',
};

/** The same object for the same template, which most sites share. */
const publicName = remember((value: Template): Decided<Template> => ({ value, origin: publicNameOrigin }));

/** Decides once per vhost what its locations share. */
export function vhostContext(
  site: Site,
  preset: Preset,
  upstreams: readonly ResolvedUpstream[],
  place: VhostPlace,
): VhostContext {
  const access = resolveAccess(site.access);
  const isSignedIn = (rule: AccessRule) =>
    access[rule].auth?.kind === 'basic' && access[rule].satisfy === 'all';
  return {
    site,
    preset,
    place,
    facts: upstreamFacts(site, upstreams),
    rawUri:
      site.rawUri === undefined
        ? byRule(preset.rawUri.value, preset.rawUri.why)
        : byField(site.rawUri, ['rawUri']),
    cookies: resolveCookies(site, preset, place.prefix),
    mappings: new MappingList(),
    access,
    responseHeaders: responseHeaderList(site, place.secure),
    requestHeaders: requestHeaderLists(site, preset, place, isSignedIn),
    isSignedIn,
    limit: (name, own, kind) => decideLimit(name, site, preset, own, kind),
  };
}

function upstreamFacts(site: Site, upstreams: readonly ResolvedUpstream[]): VhostContext['facts'] {
  const publicFacts: UpstreamFacts = { host: publicName(publicHost(site)), origin: null };
  if (site.hostHeader === 'public') return () => publicFacts;
  const own = new Map(
    upstreams.map(({ name, authority, tls }): [string, UpstreamFacts] => [
      name,
      {
        host: byField([{ kind: 'text', text: authority }], ['hostHeader'], 'the upstream sees its own name'),
        origin: `${tls ? 'https' : 'http'}://${authority}`,
      },
    ]),
  );
  return (upstream) => own.get(upstream) ?? publicFacts;
}
