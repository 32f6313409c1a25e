import type { LintRule } from '../lint-rule';

// Names that many parties share: network-internal zones and services that hand out names by address or account.
const sharedZones = [
  ...[
    'local',
    'lan',
    'home',
    'home.arpa',
    'internal',
    'intranet',
    'corp',
    'localdomain',
    'localhost',
    'test',
  ],
  ...[
    'nip.io',
    'sslip.io',
    'duckdns.org',
    'dyndns.org',
    'no-ip.org',
    'ddns.net',
    'ts.net',
    'github.io',
    'gitlab.io',
  ],
];

const secondLevels = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'or', 'org']);

function sharedWith(name: string): string | null {
  const labels = name.split('.');
  if (labels.length === 1) return 'a short name that means another machine in another network';
  const zone = sharedZones.find((suffix) => name.endsWith(`.${suffix}`));
  if (zone !== undefined) return `below ${zone}, which others use too`;
  // `example.com`, or `example.co.uk`.
  const last = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const isOwnDomain =
    labels.length === 2 || (labels.length === 3 && last.length === 2 && secondLevels.has(second));
  return isOwnDomain ? 'a whole domain, mail, test and intranet names included' : null;
}

/** HSTS with sub-domains or preloading binds names that belong to others. */
export const hstsSharedHost: LintRule = {
  code: 'lint.hsts-shared-host',
  severity: 'warning',
  source: 'https://www.rfc-editor.org/rfc/rfc6797#section-11.4',
  check: ({ hsts, hostnames }) =>
    hsts?.includeSubDomains || hsts?.preload
      ? hostnames.flatMap((name, index) => {
          const why = sharedWith(name.replace(/^\*\./, ''));
          return why === null
            ? []
            : [
                {
                  path: ['hsts', hsts.preload ? 'preload' : 'includeSubDomains'],
                  message: `${hostnames[index]} is ${why}: names below it that speak plain http stop working in browsers that were here`,
                  hint: 'Leave sub-domains out and send HSTS for this one name.',
                },
              ];
        })
      : [],
};
