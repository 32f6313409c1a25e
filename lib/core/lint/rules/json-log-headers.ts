import type { LintRule } from '../lint-rule';

/** Caddy’s entries hold the request headers; only the well-known ones for credentials are blanked. */
export const jsonLogHeaders: LintRule = {
  code: 'lint.json-log-headers',
  severity: 'advice',
  source: 'https://caddyserver.com/docs/caddyfile/options#log-credentials',
  check: ({ logs }) =>
    logs.access === 'json'
      ? [
          {
            path: ['logs', 'access'],
            message:
              'Caddy’s JSON log holds all request headers: Authorization and cookies are blanked, tokens of hooks and agents in headers of their own are not',
            hint: 'Keep the log as private as those tokens, or use nginx or Apache, whose JSON log names no headers.',
          },
        ]
      : [],
};
