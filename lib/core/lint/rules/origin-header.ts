import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

/** Applications compare Origin and Referer with Host to refuse requests that other pages make in a visitor’s name. */
export const originHeader: LintRule = {
  code: 'lint.origin-header',
  severity: 'warning',
  source:
    'https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html',
  check: (site) =>
    placedHeaders(site, 'requestHeaders').flatMap(({ rule, name, path }) =>
      name === 'origin' || name === 'referer' || name.startsWith('sec-fetch-')
        ? [
            {
              path: [...path, 'name'],
              message: `by ${rule.name} the application sees that a request comes from another site; with this rule it cannot`,
              hint: 'Tell the application its public address instead.',
            },
          ]
        : [],
    ),
};
