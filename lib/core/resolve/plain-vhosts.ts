import type { Site } from '../site/schema';
import { challengeLocations } from './challenge-locations';
import { type DraftLocation, matchKey, orderLocations } from './matches';
import { redirectVhost } from './redirect-vhost';
import type { ResolvedVhost } from './resolved';
import { servedPaths } from './served-paths';

export const servesPlainly = ({ plainHttp }: Site): boolean =>
  plainHttp.mode === 'serve' || (plainHttp.mode === 'redirect' && plainHttp.paths.length > 0);

/** The site as it would be without TLS: what is sent on over http says http. */
export function overHttp({ hsts: _, publicAddress: __, ...site }: Site): Site {
  return { ...site, tls: { mode: 'none' } };
}

/**
 * What listens on the http port beside vhosts with TLS. `plain` is the whole site over http: all of it is served, or the named paths with every rule below
 * them, and the rest leads to https.
 */
export function plainVhosts(
  site: Site,
  main: ResolvedVhost,
  secure: readonly ResolvedVhost[],
  plain: ResolvedVhost | null,
): readonly ResolvedVhost[] {
  if (secure.length === 0 || site.plainHttp.mode === 'closed') return [];
  if (plain === null) return [redirectVhost(site, main, secure)];
  const others = secure.filter((vhost) => vhost !== main);
  const locations =
    site.plainHttp.mode === 'serve'
      ? plain.locations
      : servedPaths(plain, site.plainHttp.paths, redirectVhost(site, main, [main]).locations);
  return [
    {
      ...plain,
      id: 'redirect',
      role: 'extra',
      origin: { path: ['plainHttp'], why: 'served over http too' },
      locations: orderLocations(withoutTwins([...challengeLocations(site, secure), ...locations])),
    },
    ...(others.length > 0 ? [{ ...redirectVhost(site, main, others), id: 'redirect-others' }] : []),
  ];
}

/** The challenges of an ACME directory are among the locations of a site without TLS already. */
const withoutTwins = (locations: readonly DraftLocation[]): DraftLocation[] =>
  [
    ...new Map(
      [...locations].reverse().map((location) => [matchKey(location.match), { ...location }]),
    ).values(),
  ].reverse();
