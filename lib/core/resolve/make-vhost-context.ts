import type { Preset } from '../presets/preset';
import { remember } from '../remember';
import type { Decided, LineOrigin } from '../site/origin';
import type { Site } from '../site/schema';
import { resolveAccess } from './access';
import { resolveCookies } from './cookies';
import { byField, byRule } from './decide';
import { requestHeaderLists, responseHeaderList } from './header-lists';
import { publicHost } from './headers';
import { decideLimit } from './limits';
import { MappingList } from './mapping-list';
import type { ResolvedUpstream, Template } from './resolved';
import type { AccessRule, UpstreamFacts, VhostContext, VhostPlace } from './vhost-context';

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
    limit: (name, own, kind) => decideLimit(name, { site, path: place.limitsPath ?? [] }, preset, own, kind),
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
