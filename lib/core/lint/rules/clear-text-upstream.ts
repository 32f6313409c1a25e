import { isPublicAddress } from '../address';
import type { LintRule } from '../lint-rule';

/** Traffic to an upstream on a public address crosses networks of others. */
export const clearTextUpstream: LintRule = {
  code: 'lint.clear-text-upstream',
  severity: 'warning',
  source: 'https://owasp.org/Top10/A02_2021-Cryptographic_Failures/',
  check: (site) =>
    site.upstreams.flatMap(({ scheme, servers }, index) =>
      scheme === 'https' || scheme === 'h2'
        ? []
        : servers.flatMap((server, position) =>
            'address' in server && isPublicAddress(server.address)
              ? [
                  {
                    path: ['upstreams', index, 'servers', position, 'address'],
                    message: `${server.address} is a public address: sessions and sources travel there in clear text`,
                    hint: 'Use scheme https with verification, or a private network or tunnel.',
                  },
                ]
              : [],
          ),
    ),
};
