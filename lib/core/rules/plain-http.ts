import type { Issue } from '../issue';
import { publicPath } from '../site/public-url';
import { acmeCertificates } from '../tls/acme-certificates';
import { error, type Rule, warning } from './rule';

/** What the http port does beside TLS can be done, and what a certificate needs stays there. */
export const plainHttp: Rule = (site) => {
  const { mode, paths } = site.plainHttp;
  const issues: Issue[] = [];
  if (site.tls.mode === 'none') {
    if (mode !== 'redirect' || paths.length > 0)
      issues.push(
        error(
          'site.plain-http-tls',
          ['plainHttp', 'mode'],
          'without TLS the http port is the site itself',
          'Leave this at “redirect”, without paths.',
        ),
      );
    return issues;
  }
  if (mode !== 'redirect' && paths.length > 0) {
    issues.push(
      error(
        'site.plain-http-paths',
        ['plainHttp', 'paths'],
        mode === 'serve' ? 'everything is served already' : 'nothing listens on the http port',
      ),
    );
  }
  if (mode === 'closed' && (site.acmeDirectory !== undefined || acmeCertificates(site).length > 0)) {
    issues.push(
      error(
        'site.plain-http-acme',
        ['plainHttp', 'mode'],
        'a certificate authority asks for its challenge on the http port',
      ),
    );
  }
  if (mode === 'closed' && site.tls.mode === 'automatic') {
    issues.push(
      warning(
        'site.plain-http-automatic',
        ['plainHttp', 'mode'],
        'Caddy then proves its names on the https port alone, and opens port 80 for it where it has to',
      ),
    );
  }
  const open = mode === 'serve' || paths.length > 0;
  if (open && site.access.auth.mode === 'basic') {
    issues.push(warning('site.plain-http-password', ['plainHttp'], 'passwords travel in clear text there'));
  }
  if (open && site.hsts !== undefined) {
    issues.push(
      warning(
        'site.plain-http-hsts',
        ['plainHttp'],
        'browsers that know the HSTS setting never ask over http; other clients do',
      ),
    );
  }
  paths.forEach((path, index) => {
    const at = paths.indexOf(path) < index;
    if (at) issues.push(error('site.plain-http-twice', ['plainHttp', 'paths', index], 'is named already'));
    site.locations.forEach(({ match }, position) => {
      if (match.kind !== 'segments') return;
      const fixed = publicPath(site.prefix, match.path).split('*')[0] ?? '';
      if (path.endsWith('/') && path.startsWith(fixed) && path !== fixed) {
        issues.push(
          error(
            'site.plain-http-pattern',
            ['plainHttp', 'paths', index],
            `location ${position + 1} takes some of these paths and others too`,
            `Name ${fixed} instead, or a path that the location does not take.`,
          ),
        );
      }
    });
  });
  return issues;
};
