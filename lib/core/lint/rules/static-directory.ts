import { allLocations } from '../../rules/rule';
import type { Site } from '../../site/schema';
import type { LintRule } from '../lint-rule';

const system = ['/boot', '/dev', '/etc', '/proc', '/root', '/run', '/sys', '/var/log', '/var/run'];
const whole = new Set([
  '/bin',
  '/home',
  '/lib',
  '/mnt',
  '/opt',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
  '/var/lib',
  '/var/tmp',
]);

function secretFiles({ tls, extraHosts, access }: Site): readonly string[] {
  return [
    ...[tls, ...extraHosts.flatMap((extra) => extra.tls ?? [])].flatMap((entry) =>
      entry.mode === 'files' ? [entry.key] : [],
    ),
    ...(access.auth.mode === 'basic' ? [access.auth.usersFile] : []),
  ];
}

/** Everything below a served directory is public, whatever the name of the location. */
export const staticDirectory: LintRule = {
  code: 'lint.static-directory',
  severity: 'warning',
  source: 'https://owasp.org/www-community/attacks/Path_Traversal',
  check: (site) =>
    allLocations(site).flatMap(({ location, path }) => {
      const { directory } = location;
      if (location.class !== 'static' || directory === undefined) return [];
      const secret = secretFiles(site).find((file) => file.startsWith(`${directory}/`));
      const what =
        secret !== undefined
          ? `${secret}, which this site keeps secret`
          : system.some((known) => directory === known || directory.startsWith(`${known}/`))
            ? 'files of the system'
            : whole.has(directory)
              ? 'everything that programs keep there'
              : null;
      return what === null
        ? []
        : [
            {
              path: [...path, 'directory'],
              message: `${directory} would serve ${what}`,
              hint: 'Serve a directory that holds nothing but what is meant to be public.',
            },
          ];
    }),
};
