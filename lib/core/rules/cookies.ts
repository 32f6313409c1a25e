import type { Issue } from '../issue';
import { error, type Rule, warning } from './rule';

/** Cookie changes that browsers accept. */
export const cookies: Rule = (site) => {
  const issues: Issue[] = [];
  const { secure, sameSite, rewritePath } = site.cookies;
  const https = site.tls.mode !== 'none' || site.publicAddress?.scheme === 'https';
  if (secure && !https)
    issues.push(
      warning('site.cookie-secure', ['cookies', 'secure'], 'browsers drop Secure cookies on plain http'),
    );
  if (sameSite === 'none' && !secure)
    issues.push(
      error(
        'site.cookie-same-site',
        ['cookies', 'sameSite'],
        'browsers want SameSite=None cookies to be Secure',
      ),
    );
  if (rewritePath && site.prefix.mode !== 'strip') {
    issues.push(
      warning(
        'site.cookie-path',
        ['cookies', 'rewritePath'],
        'cookie paths only change under a stripped prefix',
      ),
    );
  }
  return issues;
};
