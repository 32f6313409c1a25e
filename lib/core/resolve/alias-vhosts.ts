import type { LineOrigin } from '../site/origin';
import { publicOrigin } from '../site/public-url';
import type { Site } from '../site/schema';
import { bareLocation } from './bare-location';
import { challengeLocations } from './challenge-locations';
import { maskedAs } from './masked-as';
import { orderLocations } from './matches';
import type { ResolvedVhost } from './resolved';
import { hostnames, listen } from './vhost-parts';

const origin: LineOrigin = { path: ['aliases'], why: 'aliases lead to the first host name' };

/** The names that only lead to the canonical one: with TLS where the site has it, and on the http port, both at once and not by way of each other. */
export function aliasVhosts(
  site: Site,
  main: ResolvedVhost,
  secure: readonly ResolvedVhost[],
): readonly ResolvedVhost[] {
  const { hostnames: names, plainHostnames } = site.aliases;
  const led = hostnames(names, ['aliases', 'hostnames']);
  const plain = hostnames(plainHostnames, ['aliases', 'plainHostnames']);
  const vhost = (
    id: string,
    parts: Pick<ResolvedVhost, 'hostnames' | 'tls' | 'responseHeaders'>,
  ): ResolvedVhost => ({
    id,
    role: 'redirect',
    origin: { path: ['aliases'], why: 'aliases' },
    listen: listen(site, parts.tls !== null),
    requestHeaders: [],
    locationRewrites: [],
    log: main.log,
    trustedProxies: main.trustedProxies,
    locations: orderLocations([
      ...(parts.tls === null ? challengeLocations(site, secure) : []),
      maskedAs(
        [main],
        bareLocation(
          parts.responseHeaders,
          { kind: 'any' },
          {
            kind: 'redirect',
            status: site.redirectStatus,
            location: [
              { kind: 'text', text: publicOrigin(site) },
              { kind: 'variable', name: 'request-uri' },
            ],
            base: null,
            restOf: null,
            keepQuery: false,
            origin,
          },
          origin,
        ),
      ),
    ]),
    ...parts,
  });
  const onHttp = site.plainHttp.mode === 'closed' && main.tls !== null ? plain : [...led, ...plain];
  return [
    ...(main.tls !== null && led.length > 0
      ? [vhost('aliases', { hostnames: led, tls: main.tls, responseHeaders: main.responseHeaders })]
      : []),
    ...(onHttp.length > 0
      ? [vhost('plain-aliases', { hostnames: onHttp, tls: null, responseHeaders: [] })]
      : []),
  ];
}
