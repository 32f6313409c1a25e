import type { PresetLocation } from '../presets/preset';
import type { LineOrigin } from '../site/origin';
import { publicPrefix } from '../site/public-url';
import type { Location, Match, TrafficClass } from '../site/schema';
import { locationAccess, openAccess } from './access';
import { acmeField, acmeLocation } from './acme-location';
import { bareLocation, nothingMasked } from './bare-location';
import { byField, byRule, derived } from './decide';
import { documentHeaders, merge, withOtherSpellings } from './headers';
import { differsInAccess, isStrict } from './is-strict';
import { type Buffers, decideBuffering, type OwnLimits } from './limits';
import {
  type DraftLocation,
  mappingFor,
  matchKey,
  orderLocations,
  prefixMatch,
  publicMatch,
} from './matches';
import { prefixRedirect } from './prefix-redirect';
import { redirectLocation } from './redirect-location';
import type { LocationAction, ProxyAction, ResolvedLocation, ResolvedMatch } from './resolved';
import type { VhostContext } from './vhost-context';

type Unranked = DraftLocation;

const wholeSite: LineOrigin = { path: null, why: 'everything else' };

/** Locations of a vhost that serves an application: the document's, the preset's, what the prefix mode needs, ACME and the rest. */
export function siteLocations(
  context: VhostContext,
  documentLocations: readonly Location[],
  documentPath: readonly (string | number)[],
): readonly ResolvedLocation[] {
  const { site } = context;
  const found = new Map<string, Unranked>();
  const add = (location: Unranked) => {
    const key = matchKey(location.match);
    if (!found.has(key)) found.set(key, location);
  };
  // With TLS the challenges are answered on the plain http port, beside the redirect.
  if (!context.place.secure && site.acmeDirectory !== undefined)
    add(acmeLocation(context.responseHeaders, site.acmeDirectory, acmeField));
  context.place.redirects.forEach((entry, index) => {
    add(redirectLocation(context, entry, index));
  });
  documentLocations.forEach((location, index) => {
    add(documentLocation(context, location, [...documentPath, index]));
  });
  for (const location of context.place.presetLocations) {
    if (!isNeedless(context, location)) add(presetLocation(context, location));
  }
  for (const location of prefixLocations(context)) add(location);
  return orderLocations([...found.values()]);
}

/** A location that only lifts sign-in says nothing where there is none. */
function isNeedless({ site }: VhostContext, location: PresetLocation): boolean {
  return (
    location.class === 'http' &&
    location.limits === undefined &&
    location.responseBuffering === undefined &&
    location.requestBuffering === undefined &&
    !location.maskQuery &&
    (site.access.auth.mode === 'none' || !site.access.presetBypass)
  );
}

function documentLocation(
  context: VhostContext,
  location: Location,
  path: readonly (string | number)[],
): Unranked {
  const origin: LineOrigin = { path: [...path], why: 'your location' };
  // A rule of one's own for a preset's path keeps the preset's knowledge that secrets travel in the query.
  const masked = context.place.presetLocations.find(
    (known) => known.maskQuery && sameMatch(known.match, location.match),
  );
  return {
    rank: 'any',
    match: publicMatch(location.match, context.place.prefix),
    origin,
    class: byField(location.class, [...path, 'class'], 'your traffic class'),
    action: documentAction(context, location, path, origin),
    strict: isStrict(context, location),
    access: locationAccess(context.access, location, path),
    bodySizeMib: context.limit('bodySizeMib', ownLimits(location.limits, origin, true), location.class),
    responseHeaders:
      location.responseHeaders.length === 0
        ? context.responseHeaders
        : merge([
            context.responseHeaders,
            documentHeaders(
              location.responseHeaders,
              [...path, 'responseHeaders'],
              context.site,
              context.isSignedIn(location.access),
            ),
          ]),
    maskQuery: masked ? byRule(true, masked.why) : byField(location.maskQuery, [...path, 'maskQuery']),
  };
}

const sameMatch = (a: Match, b: Match) => JSON.stringify(a) === JSON.stringify(b);

const ownLimits = (limits: Location['limits'], origin: LineOrigin, fromDocument: boolean): OwnLimits => ({
  limits,
  origin,
  fromDocument,
});

function documentAction(
  context: VhostContext,
  location: Location,
  path: readonly (string | number)[],
  origin: LineOrigin,
): LocationAction {
  if (location.class === 'deny') return { kind: 'deny', status: 403, origin };
  if (location.class === 'static') {
    return location.directory === undefined || location.match.kind !== 'prefix'
      ? { kind: 'deny', status: 404, origin }
      : {
          kind: 'static',
          directory: byField(location.directory, [...path, 'directory']),
          purpose: 'files',
          listing: byField(location.listing, [...path, 'listing']),
        };
  }
  const match = publicMatch(location.match, context.place.prefix);
  const common = context.requestHeaders(location.access);
  const upstream =
    location.upstream === undefined
      ? context.place.upstream
      : byField(location.upstream, [...path, 'upstream']);
  return {
    ...proxyAction(
      context,
      match,
      location.class,
      ownLimits(location.limits, origin, true),
      location,
      upstream,
    ),
    requestHeaders:
      location.requestHeaders.length === 0
        ? common
        : withOtherSpellings(
            merge([
              common,
              documentHeaders(
                location.requestHeaders,
                [...path, 'requestHeaders'],
                context.site,
                context.isSignedIn(location.access),
              ),
            ]),
          ),
  };
}

function presetLocation(context: VhostContext, location: PresetLocation): Unranked {
  const origin: LineOrigin = { path: null, why: location.why };
  const rule = location.access === 'bypass-auth' && context.site.access.presetBypass ? 'bypass-auth' : 'site';
  const match = publicMatch(location.match, context.place.prefix);
  const own = ownLimits(location.limits ?? {}, origin, false);
  return {
    rank: 'any',
    match,
    origin,
    class: { value: location.class, origin },
    action:
      location.class === 'deny'
        ? { kind: 'deny', status: 403, origin }
        : {
            ...proxyAction(context, match, location.class, own, location),
            requestHeaders: context.requestHeaders(rule),
          },
    strict: location.class === 'deny' || differsInAccess(context, rule),
    access: location.class === 'deny' ? openAccess : context.access[rule],
    bodySizeMib: context.limit('bodySizeMib', own, location.class),
    responseHeaders: context.responseHeaders,
    maskQuery: { value: location.maskQuery ?? false, origin },
  };
}

function proxyAction(
  context: VhostContext,
  match: ResolvedMatch,
  kind: TrafficClass,
  own: OwnLimits,
  buffering: Buffers,
  upstream = context.place.upstream,
): ProxyAction {
  const mapping = mappingFor(match, context.place.prefix);
  const facts = context.facts(upstream.value);
  return {
    kind: 'proxy',
    upstream,
    path: byField(
      mapping,
      context.place.prefixPath,
      mapping.kind === 'none' ? 'the path stays as it is' : `prefix mode ${context.place.prefix.mode}`,
    ),
    rawUri: context.rawUri,
    host: facts.host,
    requestHeaders: context.requestHeaders('site'),
    upgrade:
      kind === 'ws'
        ? derived(true, own.origin, 'class ws: WebSocket upgrades pass')
        : byRule(
            context.preset.upgradeAnywhere && (kind === 'http' || kind === 'upload' || kind === 'download'),
            context.preset.upgradeAnywhere ? 'WebSocket upgrades may come on any path' : 'no WebSocket here',
          ),
    connectTimeoutSeconds: context.limit('connectTimeoutSeconds', own, kind),
    readTimeoutSeconds: context.limit('readTimeoutSeconds', own, kind),
    sendTimeoutSeconds: context.limit('sendTimeoutSeconds', own, kind),
    ...decideBuffering(context.preset, buffering, own.origin, own.fromDocument, kind),
    locationRewrites: context.mappings.position({ mapping, upstreamOrigin: facts.origin }),
    cookies: context.cookies,
  };
}

/** The vhost's base path, what leads to it, paths of rewrite rules, and the answer for everything outside. */
function prefixLocations(context: VhostContext): readonly Unranked[] {
  const { prefix, defaultClass } = context.place;
  const base = publicPrefix(prefix);
  const plain = (
    match: ResolvedMatch,
    overrides: Partial<ProxyAction> = {},
    origin = wholeSite,
  ): Unranked => {
    const own = ownLimits(context.place.defaultLimits, context.place.defaultOrigin, true);
    return {
      rank: 'any',
      match,
      origin,
      class: { value: defaultClass, origin },
      action: {
        ...proxyAction(context, match, defaultClass, own, {}),
        requestHeaders: context.requestHeaders(context.place.defaultAccess),
        ...overrides,
      },
      strict: false,
      access: context.access[context.place.defaultAccess],
      bodySizeMib: context.limit('bodySizeMib', own, defaultClass),
      responseHeaders: context.responseHeaders,
      maskQuery: nothingMasked,
    };
  };
  if (prefix.mode === 'rewrite') {
    return [
      ...prefix.rules.map(({ from }, index) =>
        plain(
          prefixMatch(from),
          {},
          { path: [...context.place.prefixPath, 'rules', index], why: 'your rewrite rule' },
        ),
      ),
      plain({ kind: 'any' }),
    ];
  }
  if (base === '/') return [plain({ kind: 'any' })];
  const origin: LineOrigin = { path: [...context.place.prefixPath, 'path'], why: 'your path prefix' };
  const unstripped = prefix.mode === 'strip' ? prefix.unstrippedPaths : [];
  return [
    plain(prefixMatch(base), {}, origin),
    ...unstripped.map((path, index) => {
      const field: LineOrigin = {
        path: [...context.place.prefixPath, 'unstrippedPaths', index],
        why: 'reaches the application as it is',
      };
      return plain(
        prefixMatch(path),
        {
          path: { value: { kind: 'none' }, origin: field },
          locationRewrites: context.mappings.position(null),
        },
        field,
      );
    }),
    prefixRedirect(context, base.slice(0, -1), base, 308, {
      path: origin.path,
      why: 'the prefix without its slash',
    }),
    prefixRedirect(context, '/', base, 302, {
      path: origin.path,
      why: 'the application lives below its prefix',
    }),
    bareLocation(
      context.responseHeaders,
      { kind: 'any' },
      { kind: 'deny', status: 404, origin: { path: origin.path, why: 'nothing outside of the prefix' } },
      origin,
    ),
  ];
}
