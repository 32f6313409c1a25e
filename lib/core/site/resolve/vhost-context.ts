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

/** What all locations of one vhost have in common. */
export interface VhostContext {
  readonly site: Site;
  readonly preset: Preset;
  readonly place: VhostPlace;
  /** `http://10.0.0.5:8010` where the upstream is told its own name, otherwise `null`. */
  readonly upstreamOrigin: string | null;
  readonly host: Decided<Template>;
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
  const upstream = upstreams.find(({ name }) => name === place.upstream.value);
  const ownName = site.hostHeader === 'upstream' && upstream !== undefined ? upstream.authority : null;
  const upstreamOrigin = ownName === null ? null : `${upstream?.tls ? 'https' : 'http'}://${ownName}`;
  return {
    site,
    preset,
    place,
    upstreamOrigin,
    host:
      ownName === null
        ? publicName(publicHost(site))
        : byField([{ kind: 'text', text: ownName }], ['hostHeader'], 'the upstream sees its own name'),
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
