import { allLocations } from '../../rules/rule';
import type { LintRule } from '../lint-rule';

const telling = /(?:^|[/_-])(?:webhooks?|hooks?|tokens?|oauth2?|callback|reset|invite|login|sso)(?:$|[/_-])/i;

/** Browsers cannot set headers on WebSockets, and hooks are often called with their key in the address. */
export const secretsInLog: LintRule = {
  code: 'lint.secrets-in-log',
  severity: 'advice',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude',
  check: (site, preset) =>
    site.logs.access === 'off'
      ? []
      : allLocations(site).flatMap(({ location, path }) => {
          const { match, maskQuery, class: kind } = location;
          if (maskQuery || kind === 'deny' || kind === 'static' || !('path' in match)) return [];
          // What the preset knows of a path stays true for a rule of one's own.
          const known = preset.locations.some(
            (other) =>
              'path' in other.match && other.match.kind === match.kind && other.match.path === match.path,
          );
          return !known && telling.test(match.path)
            ? [
                {
                  path: [...path, 'maskQuery'],
                  message: `requests to ${match.path} often carry a secret in their query string, and the access log keeps it`,
                  hint: 'Leave the query string out of the log here.',
                },
              ]
            : [];
        }),
};
