import { publicAddress } from '../../site/public-url';
import type { LintRule } from '../lint-rule';

/** Cookies of an https site that plain http or scripts may read. */
export const looseCookies: LintRule = {
  code: 'lint.loose-cookies',
  severity: 'advice',
  source: 'https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.5',
  check: (site, preset) => {
    const https = publicAddress(site).scheme === 'https';
    const why = 'this says otherwise';
    return [
      ...(site.cookies.secure === false && https && preset.cookies.secure
        ? [
            {
              path: ['cookies', 'secure'],
              message: `${preset.cookies.secure.why}; ${why}, and the session also travels over plain http`,
              hint: 'Leave the setting to the preset.',
            },
          ]
        : []),
      ...(site.cookies.httpOnly === false && preset.cookies.httpOnly
        ? [
            {
              path: ['cookies', 'httpOnly'],
              message: `${preset.cookies.httpOnly.why}; ${why}, and a script in a build report could take the session`,
              hint: 'Leave the setting to the preset.',
            },
          ]
        : []),
    ];
  },
};
