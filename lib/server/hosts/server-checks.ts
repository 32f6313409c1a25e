import 'server-only';
import type { HostCheck } from '#api/contract/hosts';
import { runningIssues } from '#core/plan/running-issues';
import { webServers } from '#core/servers/index';
import type { ServerKind } from '#core/web-server/render-target';
import { verdict } from './check-line';
import type { HostFacts } from './helper/host';
import { installCommand } from './install-command';

/** The verdict of one web server's own test on its files as they are, without any change of ours. */
export interface ServerTest {
  readonly server: ServerKind;
  readonly passed: boolean;
  /** The tool's own words; hostile text. */
  readonly output: string;
}

const names: Record<ServerKind, string> = { nginx: 'nginx', apache: 'Apache', caddy: 'Caddy' };
const testCommands: Record<ServerKind, string> = {
  nginx: 'nginx -t',
  apache: 'apachectl configtest',
  caddy: 'caddy validate --config /etc/caddy/Caddyfile',
};
type Server = HostFacts['servers'][number];

const found = ({ server, version, running }: Server) =>
  `${names[server]}${version ? ` ${version}` : ''}${running ? '' : ' (not running)'}`;

function webServerCheck({ servers, host }: HostFacts): HostCheck {
  if (servers.length === 0) {
    return verdict('web-server', {
      status: 'failed',
      message: 'Neither nginx, Apache nor Caddy was found.',
      fix: 'Install one of them, then check again.',
      commands: installCommand(host.distribution, ['nginx']),
    });
  }
  const message = `${servers.map(found).join(', ')}.`;
  const stopped = servers.filter(({ running }) => !running);
  if (stopped.length === servers.length) {
    return verdict('web-server', {
      status: 'warning',
      message,
      fix: 'Start it: an apply proves itself on the running server.',
      commands:
        host.init === 'systemd'
          ? stopped.map(({ server }) => `systemctl start ${server === 'apache' ? 'apache2' : server}`)
          : [],
    });
  }
  return verdict('web-server', { status: 'ok', message });
}

function layoutCheck({ servers }: HostFacts, caddyAdmin: string | null): HostCheck {
  const issues = servers.flatMap((server) =>
    runningIssues(server, server.server === 'caddy' ? caddyAdmin : null),
  );
  const [first] = [...issues].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  if (first) {
    return verdict('layout', {
      status: first.severity === 'error' ? 'failed' : 'warning',
      message: issues.map(({ message }) => message).join(' '),
      fix: issues.map(({ hint }) => hint ?? '').join(' '),
    });
  }
  const lost = servers.find(({ mainConfigExists }) => !mainConfigExists);
  if (lost) {
    return verdict('layout', {
      status: 'failed',
      message: `${names[lost.server]} has no ${lost.mainConfig}.`,
      fix: lost.mainConfig.startsWith('/etc/')
        ? 'Reinstall the package’s own configuration, or take the web server off this host if it is not used.'
        : 'Put the file back where this build of the web server looks for it (--conf-path), or take the web server off this host if it is not used.',
    });
  }
  const message = servers
    .map(({ server, layout, mainConfig }) => `${names[server]}: ${layout}, ${mainConfig}`)
    .join('; ');
  return verdict('layout', { status: 'ok', message: `${message}.` });
}

/** Directories that the main configuration has to read: of those known to the helper, the ones that this distribution's files go to. */
function mustBeRead(server: ServerKind, layout: Server['layout']): Set<string> {
  const directories = webServers[server]
    .managedPaths(layout)
    .map((path) => path.slice(0, path.lastIndexOf('/')));
  // What lies in an "available" directory counts through its link in the "enabled" one.
  return new Set(directories.filter((path) => !path.endsWith('-available')));
}

function includedCheck({ servers }: HostFacts): HostCheck {
  // Caddy's import line is written by the apply itself, and shown in its plan (G6).
  const out = servers
    .filter(({ server }) => server !== 'caddy')
    .flatMap(({ server, layout, mainConfig, directories }) =>
      directories
        .filter(({ path, included }) => !included && mustBeRead(server, layout).has(path))
        .map(({ path }) => ({ server, mainConfig, path })),
    )[0];
  if (out) {
    const directive =
      out.server === 'nginx' ? `include ${out.path}/*;` : `IncludeOptional ${out.path}/*.conf`;
    const place = out.server === 'nginx' ? ' in its http block' : '';
    return verdict('included', {
      status: 'failed',
      message: `${out.mainConfig} does not read ${out.path}: what we write there would have no effect.`,
      fix: `Add this line to ${out.mainConfig}${place}: ${directive}`,
    });
  }
  return verdict('included', {
    status: 'ok',
    message: 'The main configuration reads the directories that we write to.',
  });
}

function configTestCheck({ servers }: HostFacts, tests: readonly ServerTest[]): HostCheck {
  const failed = tests.find(({ passed }) => !passed);
  if (failed) {
    return verdict('config-test', {
      status: 'failed',
      message: `${names[failed.server]} refuses its configuration as it is now, before any change of ours:\n${failed.output.trim().slice(0, 2000)}`,
      fix: 'Fix the file and line that it names. Applies to this web server wait until then.',
      commands: [testCommands[failed.server]],
    });
  }
  if (tests.length < servers.length)
    return verdict('config-test', { status: 'skipped', message: 'The test could not be run.' });
  return verdict('config-test', { status: 'ok', message: 'Passed.' });
}

/** What is wrong with a web server that does not run beside one that does is no red line: nobody is served by it. It is told, for it may have stopped for that reason. */
function ofThoseInUse(facts: HostFacts, check: (facts: HostFacts) => HostCheck): HostCheck {
  const running = facts.servers.filter((server) => server.running);
  const stopped = facts.servers.filter((server) => !server.running);
  if (running.length === 0 || stopped.length === 0) return check(facts);
  const used = check({ ...facts, servers: running });
  if (used.status !== 'ok') return used;
  const aside = check({ ...facts, servers: stopped });
  return aside.status === 'failed'
    ? { ...aside, status: 'warning', message: `Not running: ${aside.message}` }
    : check(facts);
}

/** The lines of the check list that are about web servers. */
export function serverChecks(
  facts: HostFacts,
  tests: readonly ServerTest[],
  caddyAdmin: string | null,
): HostCheck[] {
  if (facts.servers.length === 0) {
    const skipped = { status: 'skipped' as const, message: 'There is no web server to look at.' };
    return [
      webServerCheck(facts),
      verdict('layout', skipped),
      verdict('included', skipped),
      verdict('config-test', skipped),
    ];
  }
  return [
    webServerCheck(facts),
    ofThoseInUse(facts, (each) => layoutCheck(each, caddyAdmin)),
    ofThoseInUse(facts, includedCheck),
    ofThoseInUse(facts, (each) =>
      configTestCheck(
        each,
        tests.filter(({ server }) => each.servers.some((known) => known.server === server)),
      ),
    ),
  ];
}
