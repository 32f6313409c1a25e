import type { LintRule } from '../lint-rule';

/** A browser that learned HSTS never speaks plain http to the name again, on any port. */
export const hstsPlainHost: LintRule = {
  code: 'lint.hsts-plain-host',
  severity: 'warning',
  source: 'https://www.rfc-editor.org/rfc/rfc6797#section-8.3',
  check: (site) => {
    const { hsts } = site;
    if (!hsts || hsts.maxAgeSeconds === 0) return [];
    return site.extraHosts.flatMap((extra, index) => {
      if (extra.tls?.mode !== 'none') return [];
      const below = extra.hostnames.filter((name) =>
        site.hostnames.some(
          (known) =>
            name === known || (hsts.includeSubDomains && name.endsWith(`.${known.replace(/^\*\./, '')}`)),
        ),
      );
      return below.map((name) => ({
        path: ['extraHosts', index, 'tls'],
        message: `${name} is served without TLS, but browsers that were on ${site.hostnames[0]} will ask for https only`,
        hint: 'Give this host TLS too, or leave sub-domains out of HSTS.',
      }));
    });
  },
};
