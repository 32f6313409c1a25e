import type { Issue } from '../issue';
import { allLocations, error, type Rule, warning } from './rule';

const year = 31_536_000;
const isHsts = (name: string) => name.toLowerCase() === 'strict-transport-security';

/** HSTS cannot be taken back from browsers, so it is only sent where it can be kept. */
export const hsts: Rule = (site) => {
  const issues: Issue[] = [];
  if (site.hsts && (site.tls.mode === 'none' || site.tls.mode === 'self-signed')) {
    issues.push(
      error(
        'site.hsts-tls',
        ['hsts'],
        `HSTS with TLS mode “${site.tls.mode}” would lock people out`,
        'Switch HSTS on when a real certificate is in place.',
      ),
    );
  }
  if (site.hsts?.preload && (!site.hsts.includeSubDomains || site.hsts.maxAgeSeconds < year)) {
    issues.push(
      error(
        'site.hsts-preload',
        ['hsts', 'preload'],
        'browsers only take names into their list with all sub-domains and at least a year',
      ),
    );
  }
  if (site.hsts?.includeSubDomains) {
    issues.push(
      warning(
        'site.hsts-subdomains',
        ['hsts', 'includeSubDomains'],
        `every name below ${site.hostnames[0]} will be reachable by https only`,
      ),
    );
  }
  const lists = [
    { rules: site.responseHeaders, path: ['responseHeaders'] as Issue['path'] },
    ...allLocations(site).map(({ location, path }) => ({
      rules: location.responseHeaders,
      path: [...path, 'responseHeaders'],
    })),
  ];
  for (const { rules, path } of lists) {
    rules.forEach((rule, index) => {
      if (rule.op === 'set' && isHsts(rule.name)) {
        issues.push(
          error(
            'site.hsts-header',
            [...path, index, 'name'],
            'use the HSTS setting instead',
            'It knows when the header does harm.',
          ),
        );
      }
    });
  }
  return issues;
};
