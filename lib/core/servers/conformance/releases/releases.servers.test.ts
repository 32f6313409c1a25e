import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Release, releases, serverNames } from '#lab/root-layers';
import { parseSite } from '../../../rules/parse-site';
import type { Site } from '../../../site/schema';
import type { ServerKind } from '../../../web-server/render-target';
import { webServers } from '../..';
import { renderTarget } from '../../render';
import type { Rendering } from '../../types';
import { apacheDriverFor } from '../apache-driver';
import { caddyDriverFor } from '../caddy-driver';
import type { ServerDriver } from '../driver';
import { goldenDocuments } from '../golden-documents';
import { withLocalFiles } from '../local-files';
import { makeCertificates } from '../make-certificates';
import { nginxDriverFor } from '../nginx-driver';
import { targetOf } from '../stage';
import { programOf } from './in-release';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../../../..');
const examples = join(root, 'examples/sites');
const documents: readonly (readonly [string, unknown])[] = [
  ...readdirSync(examples).map((name) => [name, parse(readFileSync(join(examples, name), 'utf8'))] as const),
  ...goldenDocuments,
];
const users: Readonly<Record<ServerKind, string>> = {
  nginx: 'alice:$apr1$x$y\n',
  apache: 'alice:$apr1$x$y\n',
  caddy: 'alice $2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.\n',
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-releases-'));
  await mkdir(`${directory}/files`);
  const pair = {
    certificatePath: `${directory}/files/c.crt`,
    keyPath: `${directory}/files/c.key`,
    hostnames: ['x'],
  };
  await makeCertificates([pair], (path) => path);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The server as a Debian release has it. */
async function driverOf(release: Release, server: ServerKind): Promise<ServerDriver> {
  const program = (path: string) => programOf(release, server, path, directory);
  if (server === 'nginx') return nginxDriverFor(await program('/usr/sbin/nginx'));
  if (server === 'caddy') return caddyDriverFor(await program('/usr/bin/caddy'));
  return apacheDriverFor(await program('/usr/sbin/apache2'), await program('/usr/bin/openssl'));
}

function valid(document: unknown): Site {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const inMountNamespaces = process.getuid?.() === 0;

// Other people cannot mount a root directory.
describe.runIf(inMountNamespaces)('the web servers of Debian releases', () => {
  describe.each(releases)('%s', (release) => {
    test.each(serverNames)('%s takes every example and golden document without a warning', async (server) => {
      const driver = await driverOf(release, server);
      const target = await targetOf(driver);
      expect(target.version).not.toBeNull();
      await writeFile(`${directory}/files/users`, users[server]);
      for (const [name, document] of documents) {
        const rendering = renderTarget([valid(withLocalFiles(document, `${directory}/files`))], target);
        const place = await mkdtemp(join(directory, 'case-'));
        const { ok, findings, output } = await driver.test(rendering, place);
        expect(findings, name).toEqual([]);
        expect(ok, `${name} ${output}`).toBe(true);
        await rm(place, { recursive: true });
      }
      console.log(
        `${release} ${server} ${target.version}${target.openssl === null ? '' : ` with OpenSSL ${target.openssl}`}: ${documents.length} documents, no error, no warning`,
      );
    });

    test.each(serverNames)(
      '%s takes what `gatehouse render` wrote, beside its own configuration',
      async (server) => {
        const target = await targetOf(await driverOf(release, server));
        for (const name of ['generic', 'jenkins', 'buildbot', 'gitea']) {
          const out = await mkdtemp(join(directory, `${server}-out-`));
          const file = join(examples, `${name}.yaml`);
          const site = valid(parse(readFileSync(file, 'utf8')));
          const rendering = renderTarget([site], target);
          const cannot = rendering.issues.filter(({ severity }) => severity === 'error');
          const versions = [
            ...(target.version === null ? [] : ['--server-version', target.version]),
            ...(target.openssl === null ? [] : ['--openssl', target.openssl]),
          ];
          const rendered = run('node', [
            ...[join(root, 'cli/gatehouse.mjs'), 'render', file, '--server', server],
            ...[...versions, '--layout', 'debian', '--out', out],
          ]);
          if (cannot.length > 0) {
            await expect(rendered, name).rejects.toMatchObject({
              code: 2,
              stderr: expect.stringContaining(cannot[0]?.message ?? ''),
            });
            continue;
          }
          await rendered;
          await makeNamedFiles(site, rendering, out);
          const shell = await programOf(release, server, '/bin/sh', directory, out);
          const output = await run(shell, ['-euc', ownTest(server, rendering)], { maxBuffer: 1 << 26 });
          expect(webServers[server].parseOutput(output.stdout + output.stderr), name).toEqual([]);
        }
      },
    );
  });
});

/** The test of a machine's own configuration, with what an apply would do to it: modules, the import line. */
function ownTest(server: ServerKind, { modules, includes }: Rendering): string {
  if (server === 'nginx') return 'exec nginx -t';
  // The name of the machine is its owner's business; without one Apache warns on every start.
  if (server === 'apache')
    return `echo "ServerName localhost" >/etc/apache2/conf-enabled/name.conf
      a2enmod -q ${modules.filter((name) => name !== 'mpm_event').join(' ')} >/dev/null
      exec apache2ctl -t`;
  const lines = includes.map(({ path, line }) => `echo '${line}' >>'${path}'`);
  return `${lines.join('\n')}\nexec caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile`;
}

/** Certificates and keys that the files name, below a directory. */
async function makeNamedFiles(site: Site, rendering: Rendering, out: string): Promise<void> {
  const named =
    site.tls.mode === 'files'
      ? [{ certificatePath: site.tls.certificate, keyPath: site.tls.key, hostnames: site.hostnames }]
      : [];
  const certificates = [...rendering.certificates, ...named];
  for (const { certificatePath, keyPath } of certificates) {
    await mkdir(dirname(join(out, certificatePath)), { recursive: true });
    await mkdir(dirname(join(out, keyPath)), { recursive: true });
  }
  await makeCertificates(certificates, (path) => join(out, path));
}
