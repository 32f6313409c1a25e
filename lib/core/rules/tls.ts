import type { Issue } from '../issue';
import { error, type Rule } from './rule';

/** HTTP/3 needs TLS, and a certificate is not its own key. */
export const tls: Rule = (site) => {
  const issues: Issue[] = [];
  if (site.http3 && site.tls.mode === 'none')
    issues.push(error('site.http3-tls', ['http3'], 'HTTP/3 needs TLS'));
  const all = [{ tls: site.tls, path: ['tls'] as Issue['path'] }];
  site.extraHosts.forEach((extra, index) => {
    if (extra.tls) all.push({ tls: extra.tls, path: ['extraHosts', index, 'tls'] });
  });
  for (const { tls: entry, path } of all) {
    if (entry.mode === 'files' && entry.certificate === entry.key) {
      issues.push(error('site.tls-same-file', [...path, 'key'], 'certificate and key are different files'));
    }
  }
  return issues;
};
