import type { Issue } from '../issue';
import { error, type Rule, warning } from './rule';

/** Ports and the public address fit together. */
export const publicPorts: Rule = (site) => {
  const issues: Issue[] = [];
  const secure = site.tls.mode !== 'none';
  if (secure && site.httpPort === site.httpsPort) {
    issues.push(error('site.port-twice', ['httpsPort'], 'http and https need ports of their own'));
  }
  if (secure && site.publicAddress?.scheme === 'http') {
    issues.push(
      error(
        'site.public-scheme',
        ['publicAddress', 'scheme'],
        'with TLS here, people cannot be left on http: they would be sent to https',
        'Choose TLS mode “none” if something in front of this server ends TLS.',
      ),
    );
  }
  if (site.acmeDirectory !== undefined && site.httpPort !== 80) {
    issues.push(
      warning(
        'site.acme-port',
        ['httpPort'],
        'certificate authorities ask for ACME challenges on port 80 only',
      ),
    );
  }
  return issues;
};
