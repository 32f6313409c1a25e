import type { Issue } from '../issue';
import { acmeCertificates } from '../tls/acme-certificates';
import { error, type Rule, warning } from './rule';

/** What an issuer has to find so that it issues: names that can be proven over http, on port 80, in our own directory. */
export const issuedCertificates: Rule = (site) => {
  const policies = acmeCertificates(site);
  if (policies.length === 0) return [];
  const issues: Issue[] = [];
  const named = [
    { names: site.hostnames, tls: site.tls, path: ['hostnames'] as Issue['path'] },
    ...site.extraHosts.map(({ hostnames, tls }, index) => ({
      names: hostnames,
      tls: tls ?? site.tls,
      path: ['extraHosts', index, 'hostnames'] as Issue['path'],
    })),
    { names: site.aliases.hostnames, tls: site.tls, path: ['aliases', 'hostnames'] },
  ];
  for (const { names, tls, path } of named) {
    if (tls.mode !== 'acme') continue;
    names.forEach((name, index) => {
      if (!name.startsWith('*')) return;
      issues.push(
        error(
          'site.acme-wildcard',
          [...path, index],
          'a wildcard name cannot be proven to an issuer over http',
          'List the names one by one, or give the files of a wildcard certificate.',
        ),
      );
    });
  }
  if (site.acmeDirectory !== undefined) {
    issues.push(
      error(
        'site.acme-directory',
        ['acmeDirectory'],
        'challenges of an issuer are answered from a directory of Gatehouse’s own',
        'Leave the ACME directory empty.',
      ),
    );
  }
  if (site.httpPort !== 80) {
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
