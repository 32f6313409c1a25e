import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

/** HSTS is promised by every answer of a name or by none. */
export const hstsRemoved: LintRule = {
  code: 'lint.hsts-removed',
  severity: 'warning',
  source: 'https://www.rfc-editor.org/rfc/rfc6797#section-7.1',
  check: (site) =>
    site.hsts
      ? placedHeaders(site, 'responseHeaders').flatMap(({ rule, name, path }) =>
          rule.op === 'remove' && name === 'strict-transport-security'
            ? [
                {
                  path: [...path, 'name'],
                  message: 'the HSTS setting and this rule contradict each other',
                  hint: 'Remove the rule; to take HSTS back set its age to 0 seconds for a while.',
                },
              ]
            : [],
        )
      : [],
};
