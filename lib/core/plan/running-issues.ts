import type { EventOf } from '../host/event';
import type { Issue } from '../issue';
import { serverTitles } from '../servers/server-titles';

type Running = Pick<
  EventOf<'server'>,
  | 'server'
  | 'running'
  | 'masterPid'
  | 'mainConfig'
  | 'mainKnown'
  | 'adapter'
  | 'resumes'
  | 'instances'
  | 'links'
>;

const error = (code: string, message: string, hint: string): Issue => ({
  code,
  severity: 'error',
  path: [],
  message,
  hint,
});

const caddyMain = '/etc/caddy/Caddyfile';

/**
 * What makes a running web server one that cannot be managed as it is, each with its fix: the answer is the same in the check list of the host
 * and in a plan.
 *
 * @param admin what Caddy's global options say of its admin endpoint
 */
export function runningIssues(server: Running, admin: string | null = null): Issue[] {
  const title = serverTitles[server.server];
  const issues: Issue[] = [];
  const started = server.masterPid === null ? '' : ` (process ${server.masterPid})`;
  if (!server.mainKnown) {
    issues.push(
      error(
        'host.config-unknown',
        `The running ${title}${started} does not tell which main configuration it reads.`,
        server.server === 'caddy'
          ? `Start it with “caddy run --config ${caddyMain}”: a configuration that came by standard input is on no disk.`
          : `Start it by its service, or with the whole path of its configuration.`,
      ),
    );
  }
  if (server.server === 'caddy' && server.running && server.mainKnown)
    issues.push(...caddyIssues(server, started, admin));
  for (const { path, target } of server.links) {
    issues.push(
      error(
        'host.linked-directory',
        `${path} is a symbolic link to ${target}. Files are never written through a link that could lead elsewhere tomorrow.`,
        `Mount the directory there instead of linking it (mount --bind ${target} ${path}), or replace the link by the directory.`,
      ),
    );
  }
  if (server.instances.length > 0) {
    const others = server.instances.map(
      ({ pid, mainConfig }) => `process ${pid} with ${mainConfig ?? 'its usual configuration'}`,
    );
    issues.push({
      code: 'host.other-instances',
      severity: 'warning',
      path: [],
      message: `${title} runs more than once on this host. Managed is process ${server.masterPid ?? 'unknown'} with ${server.mainConfig}; not looked at: ${others.join(', ')}.`,
      hint: 'If the sites belong to another one, stop that one or make it read its files from the usual place.',
    });
  }
  return issues;
}

function caddyIssues(
  { mainConfig, adapter, resumes }: Running,
  started: string,
  admin: string | null,
): Issue[] {
  if (resumes) {
    return [
      error(
        'host.caddy-resumes',
        `The running Caddy${started} was started with --resume: it goes on with what its API was told last, not with ${caddyMain}. Loading that file would take away whatever it serves now.`,
        `Move its sites into ${caddyMain} and start it without --resume (on Debian: the service caddy instead of caddy-api).`,
      ),
    ];
  }
  if (mainConfig !== caddyMain) {
    const json = adapter === 'json';
    return [
      error(
        'host.caddy-other-config',
        `The running Caddy${started} reads ${mainConfig}${json ? ', which is JSON' : ''}, not ${caddyMain}. Loading that file would take away whatever it serves now.`,
        json
          ? `Write its sites as a Caddyfile in ${caddyMain} and start it with that.`
          : `Let ${caddyMain} import ${mainConfig}, and start Caddy with “--config ${caddyMain}”.`,
      ),
    ];
  }
  if (admin === 'off') {
    return [
      error(
        'host.caddy-admin-off',
        `The admin endpoint of Caddy is off (“admin off” in ${caddyMain}), so it cannot be told to load anything.`,
        'Replace that line by “admin localhost:2019”, or by a unix socket such as “admin unix//run/caddy/admin.sock”, and restart Caddy once.',
      ),
    ];
  }
  return [];
}
