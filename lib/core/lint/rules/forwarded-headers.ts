import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

const believed = new Set([
  'forwarded',
  'proxy',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-ssl',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
]);

/** Headers by which applications tell who asks and from where are set by the proxy itself; a rule of one’s own replaces that. */
export const forwardedHeaders: LintRule = {
  code: 'lint.forwarded-headers',
  severity: 'warning',
  source: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
  check: (site) =>
    placedHeaders(site, 'requestHeaders').flatMap(({ rule, name, path }) =>
      believed.has(name)
        ? [
            {
              path: [...path, 'name'],
              message:
                rule.op === 'set'
                  ? `${rule.name} is how the application tells who asks and from where; this replaces what the proxy knows`
                  : `without ${rule.name} the application takes the proxy for the client or guesses its public address`,
              hint: 'Remove the rule; for a load balancer in front list its addresses as trusted proxies.',
            },
          ]
        : [],
    ),
};
