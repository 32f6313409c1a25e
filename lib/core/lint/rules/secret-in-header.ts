import { holdsSecret } from '../../site/secret-header';
import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

/** A document is kept in every revision, shown in reviews, and its file is readable for everybody on the host. */
export const secretInHeader: LintRule = {
  code: 'lint.secret-in-header',
  severity: 'warning',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  check: (site) =>
    (['requestHeaders', 'responseHeaders'] as const).flatMap((direction) =>
      placedHeaders(site, direction).flatMap(({ rule, path }) =>
        holdsSecret(rule)
          ? [
              {
                path: [...path, 'value'],
                message: `this looks like a secret: it will be kept in revisions, plans and a file that everybody on the host can read`,
                hint: 'Let the application or a client hold it; revoke it if it was saved before.',
              },
            ]
          : [],
      ),
    ),
};
