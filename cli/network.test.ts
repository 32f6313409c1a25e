import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { addThings } from '#server/testing/add-things';
import { listen } from '#server/testing/listen';
import { addMember, startTestServer, type TestServer } from '#server/testing/test-server';
import { Prisma } from '../lib/generated/prisma/client';
import { runGatehouse } from './testing/run-gatehouse';

let server: TestServer;
let http: Awaited<ReturnType<typeof listen>>;
let admin: Awaited<ReturnType<typeof addMember>>;
beforeAll(async () => {
  server = await startTestServer();
  http = await listen(server);
  admin = await addMember('ours', 'admin');
  await addThings(admin.team.id, admin.user.id, 'ours');
});
afterAll(async () => {
  await http.close();
  await server.stop();
});

const gatehouse = (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
  runGatehouse(args, { GATEHOUSE_URL: http.url, GATEHOUSE_TOKEN: admin.token, GATEHOUSE_TEAM: '', ...env });

test('lists are tables for people and JSON for programs; the team is the token’s own', async () => {
  const [sites, json, hosts, activity] = await Promise.all([
    gatehouse(['sites']),
    gatehouse(['sites', 'list', '--json']),
    gatehouse(['hosts', 'list']),
    gatehouse(['activity', '--limit', '5', '--json']),
  ]);
  expect(sites).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^NAME .*\nsite-ours .*host-ours/),
  });
  expect(JSON.parse(json.stdout)).toMatchObject({ total: 1, items: [{ name: 'site-ours' }] });
  expect(hosts.stdout).toContain('root@192.0.2.7:22');
  expect([activity.status, JSON.parse(activity.stdout).items]).toEqual([0, expect.any(Array)]);
});

test('a site’s document comes out as the YAML that goes in', async () => {
  const { status, stdout } = await gatehouse(['sites', 'show', 'site-ours']);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^schemaVersion: 1\nname: site-ours\n/m)]);
});

test('drift with --detailed-exitcode ends with 2 where there is some, and with 0 where it was decided', async () => {
  const drift = await gatehouse(['drift', '--detailed-exitcode']);
  expect(drift).toMatchObject({ status: 2, stdout: expect.stringContaining('gatehouse-site-ours.conf') });
  await write((tx) =>
    tx.driftFile.updateMany({ data: { decision: 'accepted', reason: 'known', decidedAt: new Date() } }),
  );
  expect((await gatehouse(['drift', '--detailed-exitcode'])).status).toBe(0);
  await write((tx) => tx.driftFile.updateMany({ data: { decision: null, reason: '', decidedAt: null } }));
});

test('a host that cannot be reached is an error and never “no change”, and the plan names it', async () => {
  const { status, stderr, stdout } = await gatehouse(['plan', '--all', '--detailed-exitcode']);
  expect(status).toBe(1);
  expect(stderr + stdout).toMatch(/host-ours|192\.0\.2\.7/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('hosts upgrade names locked-down hosts whose helper is older, and prints one script for root', async () => {
  expect(await gatehouse(['hosts', 'upgrade'])).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('None of these hosts has a locked-down key'),
  });
  const facts = {
    operatingSystem: 'Debian',
    distribution: 'debian',
    helperSha256: '0'.repeat(64),
    servers: [],
  };
  const was = await db().host.findFirstOrThrow({ where: { name: 'host-ours' } });
  await write((tx) =>
    tx.host.update({ where: { id: was.id }, data: { access: 'enrolled', facts, lastError: Prisma.DbNull } }),
  );
  const [older, script, other] = await Promise.all([
    gatehouse(['hosts', 'upgrade', 'host-ours']),
    gatehouse(['hosts', 'upgrade', '--script']),
    gatehouse(['hosts', 'upgrade', 'nobody']),
  ]);
  expect(older).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(
      /host-ours .*older than the dashboard\n[\s\S]*ssh -p 22 root@192\.0\.2\.7 sh <gatehouse-upgrade\.sh/,
    ),
  });
  expect(script).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^#!\/bin\/sh\n[\s\S]*verb_apply\(\)/),
  });
  expect(other.stderr).toContain('There is no host nobody');
  await write((tx) =>
    tx.host.update({
      where: { id: was.id },
      data: {
        access: was.access,
        facts: was.facts ?? Prisma.DbNull,
        lastError: was.lastError ?? Prisma.DbNull,
      },
    }),
  );
});

test('what is refused is told with the reason and the next step, without a stack', async () => {
  const reader = await addMember('ours', 'admin', 'reader@ours.test', ['sites.read']);
  const cases = await Promise.all([
    gatehouse(['sites'], { GATEHOUSE_TOKEN: 'gh_nobody' }),
    gatehouse(['hosts'], { GATEHOUSE_TOKEN: reader.token }),
    gatehouse(['sites', 'show', 'nothing-like-it']),
    gatehouse(['sites'], { GATEHOUSE_URL: 'http://127.0.0.1:9' }),
    gatehouse(['apply', 'no-such-plan', '--yes']),
  ]);
  expect(cases.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1]);
  const [nobody, lacking, missing, unreachable, noPlan] = cases.map(({ stderr }) => stderr);
  expect(nobody).toMatch(/Sign in first: .*\nnext: .*GATEHOUSE_TOKEN/);
  expect(lacking).toMatch(/it lacks hosts\.read\.\nnext: /);
  expect(missing).toMatch(/There is no site nothing-like-it\.\nnext: /);
  expect(unreachable).toMatch(/cannot be reached\.\nnext: .*GATEHOUSE_URL/);
  expect(noPlan).toMatch(/There is no such plan/);
  for (const { stderr, stdout } of cases) {
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr + stdout).not.toMatch(/gh_/);
  }
});

test('a wrong command line ends with 2, but never where 2 means changes', async () => {
  const cases = await Promise.all([
    gatehouse(['plan']),
    gatehouse(['plan', '--detailed-exitcode']),
    gatehouse(['drift', '--nonsense', '--detailed-exitcode']),
    gatehouse(['sites'], { GATEHOUSE_TOKEN: '' }),
    gatehouse(['sites', '--url', 'ftp://example.com']),
    gatehouse(['sites', '--token', 'gh_x']),
  ]);
  expect(cases.map(({ status }) => status)).toEqual([2, 1, 1, 2, 2, 2]);
});

test('a redirect is not followed: the token goes to the named address only', async () => {
  const { createServer } = await import('node:http');
  const seen: string[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(String(request.headers.authorization));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const port = (at: typeof elsewhere) => (at.address() as { port: number }).port;
  const sender = createServer((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${port(elsewhere)}/` }).end();
  }).listen(0, '127.0.0.1');
  await once(sender, 'listening');
  const { status, stderr } = await gatehouse(['sites'], {
    GATEHOUSE_URL: `http://127.0.0.1:${port(sender)}`,
  });
  expect([status, seen]).toEqual([1, []]);
  expect(stderr).toContain(`sends on to http://127.0.0.1:${port(elsewhere)}`);
  sender.close();
  elsewhere.close();
});

test('each shell gets a completion that names the commands and their options', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { status, stdout } = await gatehouse(['completion', shell]);
    expect([shell, status]).toEqual([shell, 0]);
    for (const word of ['sites', 'apply', 'completion', 'detailed-exitcode', 'id-file'])
      expect(stdout).toContain(word);
  }
  const { stdout: script } = await gatehouse(['completion', 'bash']);
  const { stdout: words } = await promisify(execFile)('bash', [
    '-c',
    `${script}\nCOMP_WORDS=(gatehouse plan --det); COMP_CWORD=2; _gatehouse; echo "\${COMPREPLY[*]}"`,
  ]);
  expect(words).toBe('--detailed-exitcode\n');
});

test('what others wrote cannot command the terminal', async () => {
  await write((tx) => tx.host.updateMany({ data: { name: 'web\u001b[2J\u001b]0;x\u0007' } }));
  const { stdout } = await gatehouse(['hosts', 'list']);
  expect(stdout).toContain('web ');
  expect(stdout).not.toContain('\u001b');
  expect(await db().host.count()).toBe(1);
});
