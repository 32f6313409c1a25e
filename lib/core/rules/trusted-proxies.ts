import type { Issue } from '../issue';
import { error, type Rule, warning } from './rule';

/** Only known machines may say where a request really came from. */
export const trustedProxies: Rule = (site) => {
  const issues: Issue[] = [];
  if (site.proxyProtocol && site.trustedProxies.length === 0) {
    issues.push(
      error(
        'site.proxy-protocol-trust',
        ['trustedProxies'],
        'the PROXY protocol needs the addresses of those who speak it',
      ),
    );
  }
  site.trustedProxies.forEach((range, index) => {
    if (range === '0.0.0.0/0' || range === '::/0') {
      issues.push(
        error(
          'site.trust-everybody',
          ['trustedProxies', index],
          'everybody could make up any client address',
          'Give the addresses of your load balancers.',
        ),
      );
    }
  });
  if (site.publicAddress && site.trustedProxies.length === 0) {
    issues.push(
      warning(
        'site.no-trusted-proxies',
        ['trustedProxies'],
        'something is in front of this server, and its address will be taken for every client’s',
        'Give its addresses, unless it only forwards ports.',
      ),
    );
  }
  return issues;
};
