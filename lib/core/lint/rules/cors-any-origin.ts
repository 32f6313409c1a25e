import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

/** A CI server answers with what the visitor may see; every page of the internet must not read that. */
export const corsAnyOrigin: LintRule = {
  code: 'lint.cors-any-origin',
  severity: 'warning',
  source: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  check: (site) =>
    placedHeaders(site, 'responseHeaders').flatMap(({ rule, name, path, list }) => {
      if (rule.op !== 'set' || name !== 'access-control-allow-origin') return [];
      const value = rule.value.trim();
      if (value !== '*' && value !== 'null') return [];
      const around = list === site.responseHeaders ? list : [...list, ...site.responseHeaders];
      const credentials = around.some(
        (other) =>
          other.op === 'set' &&
          other.name.toLowerCase() === 'access-control-allow-credentials' &&
          other.value.trim() === 'true',
      );
      return [
        {
          path: [...path, 'value'],
          message:
            value === '*' && credentials
              ? 'browsers refuse “*” together with credentials, so this allows nobody'
              : value === '*'
                ? 'every page of the internet may read what this site answers to its visitors’ networks'
                : 'sandboxed pages of any site have the origin “null”',
          hint: 'Name the one origin that needs it.',
        },
      ];
    }),
};
