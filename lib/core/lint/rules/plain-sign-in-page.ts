import type { LintRule } from '../lint-rule';

/** The page where people type their password. */
export const plainSignInPage: LintRule = {
  code: 'lint.plain-sign-in-page',
  severity: 'warning',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html',
  check: ({ access: { auth } }) =>
    auth.mode === 'forward' && auth.signInUrl?.startsWith('http://')
      ? [
          {
            path: ['access', 'auth', 'signInUrl'],
            message: 'people are sent to a sign-in page without TLS',
            hint: 'Give its https address.',
          },
        ]
      : [],
};
