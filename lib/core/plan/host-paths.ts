import type { Issue } from '../issue';
import type { Site } from '../site/schema';

/** A path of the host that a site document names, and what happens without it. */
export interface NamedHostPath {
  readonly hostPath: string;
  readonly field: Issue['path'];
  readonly what: string;
  /** `error`: the web server refuses the config. `warning`: it runs, but not as meant. */
  readonly severity: 'error' | 'warning';
}

/** Every file, directory and socket of the host that the document refers to and that we do not make ourselves. */
export function hostPaths(site: Site): NamedHostPath[] {
  const paths: NamedHostPath[] = [];
  const add = (severity: NamedHostPath['severity'], field: Issue['path'], hostPath: string, what: string) =>
    paths.push({ hostPath, field, what, severity });
  if (site.tls.mode === 'files') {
    add('error', ['tls', 'certificate'], site.tls.certificate, 'certificate file');
    add('error', ['tls', 'key'], site.tls.key, 'key file');
  }
  site.upstreams.forEach((upstream, index) => {
    if (upstream.verify.mode === 'ca-file') {
      add('error', ['upstreams', index, 'verify', 'caFile'], upstream.verify.caFile, 'CA file');
    }
    upstream.servers.forEach((server, each) => {
      if ('socket' in server) {
        add('warning', ['upstreams', index, 'servers', each, 'socket'], server.socket, 'socket');
      }
    });
  });
  if (site.access.auth.mode === 'basic') {
    add('error', ['access', 'auth', 'usersFile'], site.access.auth.usersFile, 'file of users');
  }
  if (site.acmeDirectory) add('warning', ['acmeDirectory'], site.acmeDirectory, 'directory');
  if (site.logs.directory) add('error', ['logs', 'directory'], site.logs.directory, 'directory for logs');
  site.locations.forEach((location, index) => {
    if (location.directory) {
      add('warning', ['locations', index, 'directory'], location.directory, 'directory');
    }
  });
  return paths;
}

/** One issue for each named path that is not on the host. */
export function missingHostPaths(
  site: Site,
  exists: ReadonlyMap<string, 'absent' | 'file' | 'other'>,
  hostName: string,
): Issue[] {
  return hostPaths(site)
    .filter(({ hostPath }) => exists.get(hostPath) === 'absent')
    .map(({ hostPath, field, what, severity }) => ({
      code: 'host.path-missing',
      severity,
      path: [...field],
      message: `The ${what} ${hostPath} does not exist on ${hostName}.`,
      hint: `Correct the path, or put the ${what} there before you apply.`,
      site: site.name,
    }));
}
