import type { LintRule } from '../lint-rule';

/** HSTS belongs to a name, not to a port. */
export const hstsOtherPort: LintRule = {
  code: 'lint.hsts-other-port',
  severity: 'advice',
  source: 'https://www.rfc-editor.org/rfc/rfc6797#section-8.3',
  check: ({ hsts, tls, httpsPort, hostnames }) =>
    hsts && tls.mode !== 'none' && httpsPort !== 443
      ? [
          {
            path: ['hsts'],
            message: `HSTS counts for every port of ${hostnames[0]}: what else this name serves over plain http stops working`,
            hint: 'Switch HSTS off here unless everything on this name speaks https.',
          },
        ]
      : [],
};
