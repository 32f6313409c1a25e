import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostChange } from '#core/host/protocol';
import { labAvailable } from '#lab/index';
import { applyOnHost, preflightOnHost, readState } from './host';
import {
  applyRequest,
  type HelperHost,
  link,
  nginxSite,
  put,
  remove,
  startHelperHost,
  untouchedFiles,
} from './testing/helper-host';

const available = labAvailable();

const vhost = (port: number, more = '') =>
  `Listen ${port}\n<VirtualHost *:${port}>\n  ServerName a${port}.test\n${more}</VirtualHost>\n`;
const answers = (text: string, port: number) =>
  `http://:${port} {\n\troute {\n\t\trespond "${text}"\n\t}\n}\n`;
const none = '/etc/gatehouse/tls/none/current';
const debian = (root: string, name: string) => ({
  file: `${root}/sites-available/gatehouse-${name}.conf`,
  link: `${root}/sites-enabled/gatehouse-${name}.conf`,
});
const caddy = (name: string) => ({ file: `/etc/caddy/gatehouse/${name}.caddy`, link: null });

/** `broken` passes the host's check of words and fails the server's own test: a test that does not see the candidate would pass it. */
const servers = {
  nginx: {
    directories: [
      '/etc/nginx',
      '/etc/nginx/conf.d',
      '/etc/nginx/sites-available',
      '/etc/nginx/sites-enabled',
    ],
    written: ['/var/log/nginx', '/var/lib/nginx'],
    file: '/etc/nginx/nginx.conf',
    nested: ['/etc/nginx', '/etc/nginx/sites-available'],
    there: debian('/etc/nginx', 'a'),
    fresh: debian('/etc/nginx', 'b'),
    first: nginxSite('one', 8081),
    second: nginxSite('two', 8091),
    third: nginxSite('three', 8071),
    broken: 'server {\n  listen 8081 ssl;\n  server_name b.test;\n  location / { return 200 "x"; }\n}\n',
  },
  apache: {
    directories: [
      '/etc/apache2',
      ...['sites-available', 'sites-enabled', 'conf-enabled'].map((name) => `/etc/apache2/${name}`),
    ],
    written: ['/var/log/apache2', '/var/lib/apache2'],
    file: '/etc/apache2/apache2.conf',
    nested: ['/etc/apache2', '/etc/apache2/sites-available'],
    there: debian('/etc/apache2', 'a'),
    fresh: debian('/etc/apache2', 'b'),
    first: vhost(8082),
    second: vhost(8092),
    third: vhost(8072),
    broken: vhost(8092, `  SSLEngine on\n  SSLCertificateFile ${none}/chain.pem\n`),
  },
  caddy: {
    directories: ['/etc/caddy', '/etc/caddy/gatehouse'],
    written: ['/var/log/caddy', '/var/lib/caddy'],
    file: '/etc/caddy/Caddyfile',
    nested: ['/etc/caddy', '/etc/caddy/gatehouse'],
    there: caddy('a'),
    fresh: caddy('b'),
    first: answers('one', 8083),
    second: answers('two', 8093),
    third: answers('three', 8073),
    broken: `https://b.test {\n\ttls ${none}/chain.pem ${none}/key.pem\n\troute {\n\t\trespond "x"\n\t}\n}\n`,
  },
};
type Server = keyof typeof servers;

/** What each does to a place. Its content lies in a file system of its own afterwards. */
const store = '/srv/elsewhere';
const stored = (path: string) => `${store}/${path.slice(1).replaceAll('/', '-')}`;
const copied = (path: string) => `cp -a ${path} ${stored(path)}`;
const arrangements = {
  'a bind mount': (path: string) => `${copied(path)}; mount --bind ${stored(path)} ${path}`,
  'a read-only bind mount': (path: string) =>
    `${copied(path)}; mount --bind ${stored(path)} ${path}; mount -o remount,bind,ro ${path}`,
  'a file system in memory': (path: string) =>
    `${copied(path)}; mount -t tmpfs -o mode=755 none ${path}; cp -a ${stored(path)}/. ${path}`,
  'a link to another file system': (path: string) =>
    `${copied(path)}; mv ${path} ${path}.away; ln -s ${stored(path)} ${path}`,
} as const;
const undo = (path: string) =>
  `if [ -L ${path} ]; then rm ${path}; mv ${path}.away ${path}; else umount ${path}; fi; rm -rf ${stored(path)}`;
type Arrangement = keyof typeof arrangements;

interface Case {
  readonly server: Server;
  readonly kind: Arrangement;
  readonly paths: readonly string[];
}
const cases = (Object.keys(servers) as Server[]).flatMap((server): Case[] => {
  const { directories, written, file, nested } = servers[server];
  const kinds = Object.keys(arrangements) as Arrangement[];
  return kinds.flatMap((kind) => [
    ...[...directories, ...written, '/etc/gatehouse'].map((path) => ({ server, kind, paths: [path] })),
    ...(kind === 'a file system in memory' ? [] : [{ server, kind, paths: [file] }]),
    ...(kind === 'a link to another file system' ? [] : [{ server, kind, paths: nested }]),
  ]);
});

describe.skipIf(available !== true)(
  `a plan on a host with mounts writes nothing${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const outcomes = new Map<string, number>();
    const sh = (script: string) => at.host.exec(`set -e; ${script}`);

    /** Everything that a test could have written, by each of its names. A login and a question to Caddy are written down by others. */
    const files = async () => {
      const places = ['/etc', '/opt', '/srv', '/usr/local', '/var/lib', '/var/log', '/var/www'];
      const lines = (await untouchedFiles(at.host, places)).split('\n');
      return lines
        .filter(
          (line) =>
            !/\/(?:wtmp|lastlog|btmp|auth\S*|sudo\S*|journal\.log) |^\/var\/lib\/gatehouse\//.test(line),
        )
        .join('\n');
    };

    /** One site is there and is changed or removed; another one is new. */
    async function plans(server: Server): Promise<Record<string, HostChange[]>> {
      const { there, fresh, second, third, broken } = servers[server];
      const paths = [there.file, ...(there.link ? [there.link] : [])];
      const request = { servers: [server], paths, exists: [], contents: false };
      const found = (await readState(at.transport, request)).files;
      const printed = (path: string) => {
        const file = found.find((each) => each.path === path);
        if (!file) throw new Error(`nothing is said of ${path}`);
        return file.fingerprint;
      };
      const made = (text: string) => [
        put(fresh.file, text),
        ...(fresh.link ? [link(fresh.link, fresh.file)] : []),
      ];
      return {
        'create and edit': [put(there.file, second, printed(there.file)), ...made(third)],
        'delete, and create what the server refuses': [
          ...paths.reverse().map((path) => remove(path, printed(path))),
          ...made(broken),
        ],
      };
    }

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx', 'apache', 'caddy'] });
      await sh(
        `mkdir -p /etc/caddy/gatehouse /etc/gatehouse/tls ${store}; touch /etc/gatehouse/kept; mount -t tmpfs none ${store}
        printf 'import /etc/caddy/gatehouse/*.caddy\\n' >>/etc/caddy/Caddyfile`,
      );
      for (const { there, first } of Object.values(servers)) {
        await at.host.writeFile(there.file, first);
        if (there.link) await sh(`ln -s ${there.file} ${there.link}`);
      }
      // The first connection of the day leaves traces of its own.
      await preflightOnHost(at.transport, { server: 'nginx', certificates: [], changes: [] });
    });
    afterAll(async () => {
      await at?.stop();
      console.log([...outcomes].map(([outcome, count]) => `${count} × ${outcome}`).join('\n'));
    });

    it.each(cases)('$server, $kind: $paths', async ({ server, kind, paths }) => {
      for (const path of paths) await sh(arrangements[kind](path));
      try {
        const before = await files();
        const seen: string[] = [];
        for (const [plan, changes] of Object.entries(await plans(server))) {
          const answer = await preflightOnHost(at.transport, { server, certificates: [], changes });
          const refused = answer.errors.map(({ code }) => code);
          seen.push(refused.length > 0 ? `refused: ${refused}` : `tested: ${answer.method}`);
          if (refused.length > 0) {
            expect(refused).toEqual(['parent-is-link']);
            // An apply without a plan comes no further.
            const apply = await applyOnHost(at.transport, applyRequest(server, changes));
            expect([apply.outcome, apply.errors.map(({ code }) => code)]).toEqual(['refused', refused]);
          }
          if (refused.length === 0)
            expect([plan, answer.candidate?.passed]).toEqual([plan, plan === 'create and edit']);
        }
        expect(await files()).toBe(before);
        for (const each of seen)
          outcomes.set(`${kind}, ${each}`, (outcomes.get(`${kind}, ${each}`) ?? 0) + 1);
      } finally {
        for (const path of [...paths].reverse()) await sh(undo(path));
      }
    });
  },
);
