import type { LintRule } from '../lint-rule';

/** The application is told the name that was asked for; with a wildcard the client may make one up. */
export const wildcardHost: LintRule = {
  code: 'lint.wildcard-host',
  severity: 'advice',
  source: 'https://portswigger.net/web-security/host-header',
  check: (site) => {
    if (site.hostHeader === 'upstream') return [];
    return site.hostnames.flatMap((name, index) =>
      name.startsWith('*.')
        ? [
            {
              path: ['hostnames', index],
              message: `the application is told whatever name below ${name.slice(2)} a client asks for, and may put it into links and mails`,
              hint: 'List the names one by one, or check that the application knows its own address.',
            },
          ]
        : [],
    );
  },
};
