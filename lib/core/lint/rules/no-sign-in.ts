import type { LintRule } from '../lint-rule';

// prometheus.io/docs/operating/security, github.com/tektoncd/dashboard docs/install.md, runatlantis.io/docs/security.
const withoutUsers: Readonly<Record<string, string>> = {
  atlantis: 'reads plans and discards locks',
  prometheus: 'reads every metric',
  tekton: 'has the dashboard’s rights in the cluster',
};

/** Applications without users of their own are as open as the proxy leaves them. */
export const noSignIn: LintRule = {
  code: 'lint.no-sign-in',
  severity: 'warning',
  source: 'https://cwe.mitre.org/data/definitions/306.html',
  check: ({ access: { auth, ip } }, preset) => {
    const what = withoutUsers[preset.id];
    return what === undefined || auth.mode !== 'none' || ip.allow.length > 0
      ? []
      : [
          {
            path: ['access'],
            message: `${preset.title} asks nobody to sign in by itself, so everybody who reaches this name ${what}`,
            hint: 'Add a sign-in or allowed addresses.',
          },
        ];
  },
};
