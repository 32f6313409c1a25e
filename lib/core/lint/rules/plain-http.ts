import type { LintRule } from '../lint-rule';

/** A CI server without TLS shows sessions and tokens to everybody on the way. Passwords of the proxy itself have a rule of their own. */
export const plainHttp: LintRule = {
  code: 'lint.plain-http',
  severity: 'warning',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
  check: (site) =>
    site.tls.mode === 'none' && site.publicAddress?.scheme !== 'https' && site.access.auth.mode !== 'basic'
      ? [
          {
            path: ['tls', 'mode'],
            message: 'sessions, tokens and build logs travel in clear text',
            hint: 'Use certificate files or an automatic certificate; where something in front ends TLS, give the public address.',
          },
        ]
      : [],
};
