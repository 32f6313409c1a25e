import type { ResolvedSite } from '../resolve/resolved';
import { sealBlocks } from './block-tokens';
import type { BlockIdentity } from './types';

/** Makes the tokens in the printed file of a site true; each vhost of the site is one block. */
export function sealSite<Printed extends { readonly content: string }>(
  site: ResolvedSite,
  printed: Printed,
): { readonly printed: Printed; readonly identities: readonly BlockIdentity[] } {
  const { content, tokens } = sealBlocks(printed.content, site.vhosts.length);
  const identities = site.vhosts.flatMap(({ hostnames, listen, tls }, index) => {
    const own = tokens[index];
    return own === undefined
      ? []
      : [
          {
            site: site.name,
            hostnames: hostnames.map(({ value }) => value),
            port: listen.port.value,
            secure: tls !== null,
            awaited: tls?.certificate.value.kind === 'automatic',
            proxyProtocol: listen.proxyProtocol.value,
            ...own,
          },
        ];
  });
  return { printed: { ...printed, content }, identities };
}
