import type { LineOrigin } from '../site/origin';
import { portSuffix, publicAddress } from '../site/public-url';
import type { Site } from '../site/schema';
import { bareLocation } from './bare-location';
import { challengeLocations } from './challenge-locations';
import { maskedAs } from './masked-as';
import { orderLocations } from './matches';
import type { ResolvedVhost, Template } from './resolved';
import { listen } from './vhost-parts';

const origin: LineOrigin = { path: ['redirectStatus'], why: 'plain http leads to https' };

/** Plain http for the names that have TLS: ACME challenges, and for everything else the way to https. */
export function redirectVhost(
  site: Site,
  main: ResolvedVhost,
  secure: readonly ResolvedVhost[],
): ResolvedVhost {
  const hostnames = secure.flatMap((vhost) => vhost.hostnames);
  const everything = bareLocation(
    [],
    { kind: 'any' },
    {
      kind: 'redirect',
      status: site.redirectStatus,
      location: target(site, hostnames.length === 1 ? hostnames[0]?.value : undefined),
      base: null,
      restOf: null,
      keepQuery: false,
      origin,
    },
    origin,
  );
  return {
    id: 'redirect',
    role: 'redirect',
    origin: { path: ['httpPort'], why: 'plain http leads to https' },
    hostnames,
    listen: listen(site, false),
    tls: null,
    requestHeaders: [],
    responseHeaders: [],
    locationRewrites: [],
    log: main.log,
    trustedProxies: main.trustedProxies,
    locations: orderLocations([...challengeLocations(site, secure), maskedAs(secure, everything)]),
  };
}

/** A single name is written out; of several, the one that was asked for. */
function target(site: Site, only: string | undefined): Template {
  const address = publicAddress(site);
  const suffix = portSuffix({
    scheme: 'https',
    port: address.scheme === 'https' ? address.port : site.httpsPort,
  });
  const path = { kind: 'variable', name: 'request-uri' } as const;
  if (only !== undefined && !only.startsWith('*'))
    return [{ kind: 'text', text: `https://${only}${suffix}` }, path];
  const host = [{ kind: 'text', text: 'https://' } as const, { kind: 'variable', name: 'host' } as const];
  return suffix === '' ? [...host, path] : [...host, { kind: 'text', text: suffix }, path];
}
