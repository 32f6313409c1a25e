import { presets } from '../presets';
import type { Preset } from '../presets/preset';
import { tlsProfiles } from '../tls/profiles';
import type { Decided, LineOrigin } from './origin';
import { canonicalHostname, portSuffix, publicAddress, publicUrl } from './public-url';
import { resolveAccess } from './resolve/access';
import { resolveCookies } from './resolve/cookies';
import { byField, byRule } from './resolve/decide';
import { documentHeaders, forwardedHeaders, merge, publicHost, withTwin } from './resolve/headers';
import { decideLimit } from './resolve/limits';
import { rewritesByMapping } from './resolve/location-rewrites';
import { bare, siteLocations } from './resolve/locations';
import { resolveUpstreams } from './resolve/upstreams';
import type { VhostContext } from './resolve/vhost-context';
import type {
  ResolvedHeader,
  ResolvedListen,
  ResolvedSite,
  ResolvedTls,
  ResolvedVhost,
  Template,
} from './resolved';
import type { ExtraHost, Location, Prefix, Site, Tls } from './schema';

/**
 * Takes every decision about a site: document and preset become one model without any web server's syntax. Total for every document
 * that the schema accepts; documents that break a cross-field rule resolve to something, but must not be applied.
 */
export function resolve(site: Site, preset: Preset = presets[site.preset]): ResolvedSite {
  const upstreams = resolveUpstreams(site);
  const main = serveVhost(site, preset, {
    id: 'main',
    role: 'main',
    hostnames: site.hostnames,
    hostnamesPath: ['hostnames'],
    tls: site.tls,
    tlsPath: ['tls'],
    context: mainContext(site, preset, upstreams),
    locations: site.locations,
    locationsPath: ['locations'],
  });
  const extras = site.extraHosts.map((extra, index) => extraVhost(site, preset, upstreams, extra, index));
  const secure = [main, ...extras].filter((vhost) => vhost.tls !== null);
  return {
    name: site.name,
    title: preset.title,
    publicUrl: publicUrl(site),
    upstreams,
    vhosts: [main, ...extras, ...(secure.length > 0 ? [redirectVhost(site, main, secure)] : [])],
  };
}

interface VhostParts {
  readonly id: string;
  readonly role: 'main' | 'extra';
  readonly hostnames: readonly string[];
  readonly hostnamesPath: readonly (string | number)[];
  readonly tls: Tls;
  readonly tlsPath: (string | number)[];
  readonly context: VhostContext;
  readonly locations: readonly Location[];
  readonly locationsPath: readonly (string | number)[];
}

function serveVhost(site: Site, preset: Preset, parts: VhostParts): ResolvedVhost {
  const { context } = parts;
  const tls = resolveTls(site, parts.tls, parts.tlsPath);
  return {
    id: parts.id,
    role: parts.role,
    origin: {
      path: [...parts.hostnamesPath],
      why: parts.role === 'main' ? preset.title : `extra host ${parts.id}`,
    },
    hostnames: hostnames(parts.hostnames, parts.hostnamesPath),
    listen: listen(site, tls !== null),
    tls,
    requestHeaders: context.requestHeaders(context.defaultAccess),
    responseHeaders: context.responseHeaders,
    log: log(site),
    trustedProxies: trustedProxies(site),
    locations: siteLocations(context, parts.locations, parts.locationsPath),
  };
}

function mainContext(site: Site, preset: Preset, upstreams: ResolvedSite['upstreams']): VhostContext {
  return {
    ...commonContext(site, preset, upstreams, {
      prefix: site.prefix,
      prefixPath: ['prefix'],
      hostname: canonicalHostname(site),
      upstreamName: site.upstreams[0]?.name ?? '',
      secure: site.tls.mode !== 'none',
    }),
    presetLocations: preset.locations,
    acme: site.tls.mode === 'none',
    upstream: byField(site.upstreams[0]?.name ?? '', ['upstreams', 0], 'first upstream'),
    defaultClass: 'http',
    defaultAccess: 'site',
    defaultLimits: {},
    defaultOrigin: { path: null, why: 'everything else' },
  };
}

function extraVhost(
  site: Site,
  preset: Preset,
  upstreams: ResolvedSite['upstreams'],
  extra: ExtraHost,
  index: number,
): ResolvedVhost {
  const path = ['extraHosts', index];
  const tls = extra.tls ?? site.tls;
  return serveVhost(site, preset, {
    id: extra.purpose,
    role: 'extra',
    hostnames: extra.hostnames,
    hostnamesPath: [...path, 'hostnames'],
    tls,
    tlsPath: extra.tls ? [...path, 'tls'] : ['tls'],
    context: {
      ...commonContext(site, preset, upstreams, {
        prefix: extra.prefix,
        prefixPath: [...path, 'prefix'],
        hostname: canonicalHostname(extra),
        upstreamName: extra.upstream,
        secure: tls.mode !== 'none',
      }),
      presetLocations: [],
      acme: tls.mode === 'none',
      upstream: byField(extra.upstream, [...path, 'upstream']),
      defaultClass: extra.class,
      defaultAccess: extra.access,
      defaultLimits: extra.limits,
      defaultOrigin: { path, why: `extra host ${extra.purpose}` },
    },
    locations: extra.locations,
    locationsPath: [...path, 'locations'],
  });
}

interface VhostPlace {
  readonly prefix: Prefix;
  readonly prefixPath: (string | number)[];
  readonly hostname: string;
  readonly upstreamName: string;
  readonly secure: boolean;
}

function commonContext(site: Site, preset: Preset, upstreams: ResolvedSite['upstreams'], place: VhostPlace) {
  const { prefix, prefixPath, hostname, upstreamName, secure } = place;
  const access = resolveAccess(site.access);
  const isSignedIn = (rule: Location['access']) =>
    access[rule].auth?.kind === 'basic' && access[rule].satisfy === 'all';
  const upstream = upstreams.find(({ name }) => name === upstreamName);
  const ownName = site.hostHeader === 'upstream' && upstream !== undefined ? upstream.authority : null;
  const host: Template = ownName === null ? publicHost(site) : [{ kind: 'text', text: ownName }];
  const upstreamOrigin = ownName === null ? null : `${upstream?.tls ? 'https' : 'http'}://${ownName}`;
  return {
    site,
    preset,
    prefix,
    prefixPath,
    hostname,
    upstreamOrigin,
    locationRewrites: rewritesByMapping({ site, prefix, prefixPath, hostname, upstreamOrigin }),
    host: byField(
      host,
      ['hostHeader'],
      ownName === null ? 'the application sees its public name' : 'the upstream sees its own name',
    ),
    rawUri:
      site.rawUri === undefined
        ? byRule(preset.rawUri.value, preset.rawUri.why)
        : byField(site.rawUri, ['rawUri']),
    upgradeAnywhere: preset.upgradeAnywhere,
    cookies: resolveCookies(site, preset, prefix),
    access,
    isSignedIn,
    requestHeaders: requestHeaderLists(site, preset, prefix, isSignedIn),
    responseHeaders: merge([
      secure ? hstsHeader(site) : [],
      documentHeaders(site.responseHeaders, ['responseHeaders'], site, false),
    ]),
    limit: (...[name, own, kind]: Parameters<VhostContext['limit']>) =>
      decideLimit(name, site, preset, own, kind),
  };
}

/** Request headers by access rule. Without sign-in all rules share one array, so that servers may print it once. */
function requestHeaderLists(
  site: Site,
  preset: Preset,
  prefix: Prefix,
  isSignedIn: VhostContext['isSignedIn'],
): VhostContext['requestHeaders'] {
  const common = forwardedHeaders(site, preset, prefix);
  const { auth, userHeader } = site.access;
  const build = (rule: Location['access']): readonly ResolvedHeader[] =>
    merge([
      common,
      ...(auth.mode === 'forward'
        ? auth.copyHeaders.map((name, index) =>
            withTwin(name, {
              path: ['access', 'auth', 'copyHeaders', index],
              why: 'only the sign-in service may say this',
            }),
          )
        : []),
      userHeader
        ? withTwin(userHeader.name, {
            path: ['access', 'userHeader'],
            why: 'only the proxy may say who signed in',
          })
        : [],
      userHeader && isSignedIn(rule)
        ? documentHeaders([{ op: 'set', ...userHeader }], ['access', 'userHeader'], site, true).map(
            (header) => ({
              ...header,
              origin: { path: ['access', 'userHeader'], why: 'who signed in' },
            }),
          )
        : [],
      auth.mode === 'basic' && !auth.passAuthorization && isSignedIn(rule)
        ? [
            {
              op: 'remove' as const,
              name: 'Authorization',
              origin: {
                path: ['access', 'auth', 'passAuthorization'],
                why: 'the password is for the proxy alone',
              },
            },
          ]
        : [],
      documentHeaders(site.requestHeaders, ['requestHeaders'], site, isSignedIn(rule)),
    ]);
  if (auth.mode !== 'basic') {
    const only = build('site');
    return () => only;
  }
  const lists = { site: build('site'), open: build('bypass') };
  return (rule) => (isSignedIn(rule) ? lists.site : lists.open);
}

function hstsHeader(site: Site): readonly ResolvedHeader[] {
  if (!site.hsts) return [];
  const { maxAgeSeconds, includeSubDomains, preload } = site.hsts;
  const value = `max-age=${maxAgeSeconds}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`;
  return [
    {
      op: 'set',
      name: 'Strict-Transport-Security',
      value: [{ kind: 'text', text: value }],
      origin: { path: ['hsts'], why: 'your HSTS setting' },
    },
  ];
}

/** Plain http for the names that have TLS: ACME challenges, and for everything else the way to https. */
function redirectVhost(site: Site, main: ResolvedVhost, secure: readonly ResolvedVhost[]): ResolvedVhost {
  const names = secure.flatMap((vhost) => vhost.hostnames);
  const only = names.length === 1 ? names[0]?.value : undefined;
  const suffix = portSuffix({ scheme: 'https', port: publicHttpsPort(site) });
  const target: Template = [
    { kind: 'text', text: only === undefined ? 'https://' : `https://${only}${suffix}` },
    ...(only === undefined ? [{ kind: 'variable', name: 'host' } as const] : []),
    ...(only === undefined && suffix !== '' ? [{ kind: 'text', text: suffix } as const] : []),
    { kind: 'variable', name: 'request-uri' },
  ];
  const origin: LineOrigin = { path: ['redirectStatus'], why: 'plain http leads to https' };
  const context = {
    ...mainContext(site, presets[site.preset], []),
    responseHeaders: [],
    prefix: { mode: 'none' } as const,
  };
  const everything = bare(
    context,
    { kind: 'any' },
    { kind: 'redirect', status: site.redirectStatus, location: target, keepQuery: false, origin },
    origin,
  );
  const acme = site.acmeDirectory === undefined ? [] : acmeOnly({ ...context, acme: true });
  return {
    id: 'redirect',
    role: 'redirect',
    origin: { path: ['httpPort'], why: 'plain http leads to https' },
    hostnames: names,
    listen: listen(site, false),
    tls: null,
    requestHeaders: [],
    responseHeaders: [],
    log: main.log,
    trustedProxies: main.trustedProxies,
    locations: [...acme, { ...everything, rank: 'any' }],
  };
}

function acmeOnly(context: VhostContext) {
  return siteLocations({ ...context, presetLocations: [] }, [], []).filter(
    (location) => location.action.kind === 'static',
  );
}

function publicHttpsPort(site: Site): number {
  const address = publicAddress(site);
  return address.scheme === 'https' ? address.port : site.httpsPort;
}

function hostnames(names: readonly string[], path: readonly (string | number)[]): readonly Decided<string>[] {
  const decided = names.map((name, index) => byField(name, [...path, index], 'your host name'));
  // The first one stands for the site wherever a single name is needed.
  return decided.sort((a, b) => Number(a.value.startsWith('*')) - Number(b.value.startsWith('*')));
}

function listen(site: Site, secure: boolean): ResolvedListen {
  const plain = byRule(false, 'browsers speak it over TLS only');
  return {
    port: secure ? byField(site.httpsPort, ['httpsPort']) : byField(site.httpPort, ['httpPort']),
    ipv6: byField(site.ipv6, ['ipv6']),
    http2: secure ? byField(site.http2, ['http2']) : plain,
    http3: secure ? byField(site.http3, ['http3']) : plain,
    proxyProtocol: byField(site.proxyProtocol, ['proxyProtocol']),
  };
}

function resolveTls(site: Site, tls: Tls, path: (string | number)[]): ResolvedTls | null {
  if (tls.mode === 'none') return null;
  const profile = byField(
    tlsProfiles[site.tlsProfile],
    ['tlsProfile'],
    `Mozilla's ${site.tlsProfile} profile (guideline 6.0)`,
  );
  if (tls.mode === 'files') {
    return {
      certificate: byField({ kind: 'files', certificatePath: tls.certificate, keyPath: tls.key }, path),
      profile,
    };
  }
  return { certificate: byField({ kind: tls.mode }, path), profile };
}

function log(site: Site): ResolvedVhost['log'] {
  const { access, directory } = site.logs;
  return {
    access: byField(access, ['logs', 'access']),
    directory: directory === undefined ? null : byField(directory, ['logs', 'directory']),
  };
}

const trustedProxies = (site: Site) =>
  site.trustedProxies.map((range, index) => byField(range, ['trustedProxies', index], 'your trusted proxy'));
