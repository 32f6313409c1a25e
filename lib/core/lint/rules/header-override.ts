import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

const protections = new Set([
  'content-security-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
]);

/** What a location says of a header replaces what the site says of it, which for a protection is easily overlooked. */
export const headerOverride: LintRule = {
  code: 'lint.header-override',
  severity: 'warning',
  source: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  check: (site) => {
    const own = new Set(
      site.responseHeaders.filter(({ op }) => op === 'set').map(({ name }) => name.toLowerCase()),
    );
    return placedHeaders(site, 'responseHeaders').flatMap(({ rule, name, path, list }) =>
      list !== site.responseHeaders && rule.op === 'remove' && own.has(name) && protections.has(name)
        ? [
            {
              path: [...path, 'name'],
              message: `the site sets ${rule.name} and this location takes it away`,
              hint: 'Set the value that this location needs instead of removing the header.',
            },
          ]
        : [],
    );
  },
};
