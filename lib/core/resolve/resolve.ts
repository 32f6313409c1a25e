import { presets } from '../presets';
import type { Preset } from '../presets/preset';
import { applicationSite } from '../site/application-site';
import { canonicalHostname, publicUrl } from '../site/public-url';
import type { Application, ExtraHost, Location, Site, Tls } from '../site/schema';
import { aliasVhosts } from './alias-vhosts';
import { byField } from './decide';
import { locationRewrites } from './location-rewrites';
import { siteLocations } from './locations';
import { vhostContext } from './make-vhost-context';
import { overHttp, plainVhosts, servesPlainly } from './plain-vhosts';
import type { ResolvedSite, ResolvedVhost } from './resolved';
import type { Shapes, VhostDecisions } from './shapes';
import { resolveUpstreams } from './upstreams';
import type { VhostPlace } from './vhost-context';
import { hostnames, listen, log, resolveTls, trustedProxies } from './vhost-parts';
import { type MountedVhost, withApplications } from './with-applications';

/**
 * Takes every decision about a site: document and preset become one model without any web server's syntax. Total for every document
 * that the schema accepts; documents that break a cross-field rule resolve to something, but must not be applied. With `shapes` sites that
 * differ in names and addresses only share the very same objects for all the rest.
 */
export function resolve(site: Site, preset: Preset = presets[site.preset], shapes?: Shapes): ResolvedSite {
  const upstreams = resolveUpstreams(site);
  const main = mainVhost(site, preset, upstreams, shapes);
  const extras = site.extraHosts.map((extra, index) => extraVhost(site, preset, upstreams, extra, index));
  const secure = [main, ...extras].filter((vhost) => vhost.tls !== null);
  const plain =
    main.tls !== null && servesPlainly(site) ? mainVhost(overHttp(site), preset, upstreams, undefined) : null;
  return {
    name: site.name,
    title: preset.title,
    publicUrl: publicUrl(site),
    upstreams,
    vhosts: [main, ...extras, ...plainVhosts(site, main, secure, plain), ...aliasVhosts(site, main, secure)],
  };
}

type Upstreams = ResolvedSite['upstreams'];

function mainVhost(
  site: Site,
  preset: Preset,
  upstreams: Upstreams,
  shapes: Shapes | undefined,
): ResolvedVhost {
  const parts: VhostParts = {
    id: 'main',
    role: 'main',
    title: preset.title,
    hostnames: site.hostnames,
    hostnamesPath: ['hostnames'],
    tls: site.tls,
    tlsPath: ['tls'],
    certificate: site.name,
    locations: site.locations,
    locationsPath: ['locations'],
    place: {
      prefix: site.prefix,
      prefixPath: ['prefix'],
      secure: site.tls.mode !== 'none',
      presetLocations: preset.locations,
      redirects: site.redirects,
      upstream: byField(site.upstreams[0]?.name ?? '', ['upstreams', 0], 'first upstream'),
      defaultClass: 'http',
      defaultAccess: 'site',
      defaultLimits: {},
      defaultOrigin: { path: null, why: 'everything else' },
    },
  };
  const decide = () => decideVhost(site, preset, upstreams, parts);
  if (site.applications.length > 0) {
    const first = serveVhost(site, parts, decide());
    return withApplications(
      first,
      site.applications.map((application, index) => applicationVhost(site, upstreams, application, index)),
    );
  }
  return serveVhost(site, parts, shapes === undefined ? decide() : shapes.find(site, preset, decide));
}

/** What a further application would be alone, under the names of the site. */
function applicationVhost(
  site: Site,
  upstreams: Upstreams,
  application: Application,
  index: number,
): MountedVhost {
  const path = ['applications', index];
  const preset: Preset = presets[application.preset];
  const alone = applicationSite(site, application);
  const parts: VhostParts = {
    id: 'main',
    role: 'main',
    title: preset.title,
    hostnames: site.hostnames,
    hostnamesPath: ['hostnames'],
    tls: site.tls,
    tlsPath: ['tls'],
    certificate: site.name,
    locations: application.locations,
    locationsPath: [...path, 'locations'],
    place: {
      prefix: application.prefix,
      prefixPath: [...path, 'prefix'],
      secure: site.tls.mode !== 'none',
      presetLocations: preset.locations,
      redirects: [],
      upstream: byField(application.upstream, [...path, 'upstream']),
      defaultClass: 'http',
      defaultAccess: application.access,
      defaultLimits: {},
      defaultOrigin: { path, why: preset.title },
      limitsPath: path,
    },
  };
  const prefixes = [
    application.prefix.path,
    ...(application.prefix.mode === 'strip' ? application.prefix.unstrippedPaths : []),
  ];
  return { prefixes, vhost: serveVhost(alone, parts, decideVhost(alone, preset, upstreams, parts)) };
}

function extraVhost(
  site: Site,
  preset: Preset,
  upstreams: Upstreams,
  extra: ExtraHost,
  index: number,
): ResolvedVhost {
  const path = ['extraHosts', index];
  const tls = extra.tls ?? site.tls;
  const title = `extra host ${extra.purpose}`;
  const parts: VhostParts = {
    id: extra.purpose,
    role: 'extra',
    title,
    hostnames: extra.hostnames,
    hostnamesPath: [...path, 'hostnames'],
    tls,
    tlsPath: extra.tls ? [...path, 'tls'] : ['tls'],
    certificate: extra.tls ? `${site.name}.${extra.purpose}` : site.name,
    locations: extra.locations,
    locationsPath: [...path, 'locations'],
    place: {
      prefix: extra.prefix,
      prefixPath: [...path, 'prefix'],
      secure: tls.mode !== 'none',
      presetLocations: [],
      redirects: [],
      upstream: byField(extra.upstream, [...path, 'upstream']),
      defaultClass: extra.class,
      defaultAccess: extra.access,
      defaultLimits: extra.limits,
      defaultOrigin: { path, why: title },
    },
  };
  return serveVhost(site, parts, decideVhost(site, preset, upstreams, parts));
}

interface VhostParts {
  readonly id: string;
  readonly role: 'main' | 'extra';
  readonly title: string;
  readonly hostnames: readonly string[];
  readonly hostnamesPath: (string | number)[];
  readonly tls: Tls;
  readonly tlsPath: (string | number)[];
  /** Name of the certificate where it is obtained from an issuer. */
  readonly certificate: string;
  readonly locations: readonly Location[];
  readonly locationsPath: readonly (string | number)[];
  readonly place: VhostPlace;
}

function decideVhost(site: Site, preset: Preset, upstreams: Upstreams, parts: VhostParts): VhostDecisions {
  const context = vhostContext(site, preset, upstreams, parts.place);
  const locations = siteLocations(context, parts.locations, parts.locationsPath);
  return {
    listen: listen(site, parts.place.secure),
    requestHeaders: context.requestHeaders(parts.place.defaultAccess),
    responseHeaders: context.responseHeaders,
    log: log(site),
    trustedProxies: trustedProxies(site),
    locations,
    mappings: context.mappings.all,
  };
}

function serveVhost(site: Site, parts: VhostParts, decisions: VhostDecisions): ResolvedVhost {
  const { mappings, ...decided } = decisions;
  const hostname = canonicalHostname(parts);
  return {
    id: parts.id,
    role: parts.role,
    origin: { path: parts.hostnamesPath, why: parts.title },
    hostnames: hostnames(parts.hostnames, parts.hostnamesPath),
    tls: resolveTls(site, parts.tls, parts.tlsPath, parts.certificate),
    locationRewrites: mappings.map((mapped) =>
      mapped === null
        ? []
        : locationRewrites(site, parts.place, hostname, mapped.upstreamOrigin, mapped.mapping),
    ),
    ...decided,
  };
}
