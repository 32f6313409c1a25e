import type { LintRule } from '../lint-rule';

/** The name localhost stands for two addresses, and most applications listen on one of them. */
export const localhostUpstream: LintRule = {
  code: 'lint.localhost-upstream',
  severity: 'advice',
  source: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
  check: (site) =>
    site.upstreams.flatMap(({ servers }, index) =>
      servers.flatMap((server, position) =>
        'address' in server && server.address === 'localhost'
          ? [
              {
                path: ['upstreams', index, 'servers', position, 'address'],
                message:
                  'localhost is 127.0.0.1 and ::1, and requests go to both: one of them may refuse or be another program',
                hint: 'Write 127.0.0.1 or ::1, whichever the application listens on.',
              },
            ]
          : [],
      ),
    ),
};
