import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { addThings } from '../../testing/add-things';
import { sampleSite, type Things } from '../../testing/sample-requests';
import { addMember, startTestServer, type TestServer } from '../../testing/test-server';
import { watchCertificates } from './watch-certificates';

const dayMs = 86_400_000;
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * dayMs + 3_600_000);
const dir = mkdtempSync(join(tmpdir(), 'gatehouse-certificate-test-'));
let server: TestServer;
let web: Server;
let things: Things;
let teamId: string;

beforeAll(async () => {
  const out = ['-keyout', join(dir, 'key'), '-out', join(dir, 'cert')];
  const name = ['-subj', '/CN=ci.example.com', '-addext', 'subjectAltName=DNS:ci.example.com'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '60', ...name, ...out], {
    stdio: 'ignore',
  });
  web = createServer({ key: readFileSync(join(dir, 'key')), cert: readFileSync(join(dir, 'cert')) });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  teamId = team.id;
  things = await addThings(team.id, user.id, 'ours');
});
afterAll(async () => {
  web.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() =>
  write(async (tx) => {
    await tx.probeResult.deleteMany();
    await tx.webhookDelivery.deleteMany();
    await tx.webhook.updateMany({ data: { events: ['certificate.expiring'] } });
  }),
);

/** What a probe saw of the site's certificate some time ago. */
const seen = (expiresAt: Date) =>
  write((tx) =>
    tx.probeResult.create({
      data: {
        siteId: things.site,
        targetId: things.target,
        phase: 'after',
        kind: 'certificate',
        status: 'passed',
        durationMs: 1,
        at: new Date(now.getTime() - dayMs),
        detail: { expiresAt: expiresAt.toISOString() },
      },
    }),
  );
const told = async () =>
  (await db().webhookDelivery.findMany({ orderBy: { createdAt: 'asc' } })).map(
    ({ payload }) => (payload as { text: string }).text.split('\n')[0],
  );

test('each of the three warnings is given once, however often somebody looks', async () => {
  await seen(inDays(30));
  for (const days of [0, 8, 9, 9, 10, 20, 23, 23.5, 28, 29, 29.5, 30, 31, 40])
    await watchCertificates(new Date(now.getTime() + days * dayMs));
  expect(await told()).toEqual([
    'The certificate of site-ours expires in 21 days',
    'The certificate of site-ours expires in 7 days',
    'The certificate of site-ours expires in 1 day',
  ]);
});

test('a new certificate is warned of again, and what is far off is not', async () => {
  await seen(inDays(5));
  await watchCertificates(now);
  await write((tx) => tx.probeResult.deleteMany());
  await seen(inDays(6));
  await watchCertificates(now);
  await write((tx) => tx.probeResult.deleteMany());
  await seen(inDays(60));
  await watchCertificates(now);
  expect(await told()).toEqual([
    'The certificate of site-ours expires in 5 days',
    'The certificate of site-ours expires in 6 days',
  ]);
  const rows = await db().activity.findMany({ where: { teamId, event: 'certificate.expiring' } });
  expect(rows.at(-1)).toMatchObject({ subjectId: things.site, actorLabel: 'dashboard' });
});

test('one that was renewed since it was last seen is no news: it is looked at before anybody is told', async () => {
  const { port } = web.address() as AddressInfo;
  const document = { ...sampleSite('site-ours', 'ci.example.com'), httpsPort: port };
  await write(async (tx) => {
    await tx.siteRevision.updateMany({ where: { siteId: things.site }, data: { document } });
    await tx.host.updateMany({ data: { transport: 'local', address: '' } });
    await tx.siteTarget.updateMany({ data: { appliedRevision: 1 } });
  });
  await seen(inDays(3));
  await watchCertificates(now);
  expect(await told()).toEqual([]);
  const latest = await db().probeResult.findFirstOrThrow({ orderBy: { at: 'desc' } });
  expect(latest).toMatchObject({ phase: 'scheduled', status: 'passed' });
  // Control: while nobody can look, what was seen last counts.
  web.close();
  await write((tx) => tx.probeResult.deleteMany());
  await seen(inDays(3));
  await watchCertificates(now);
  expect(await told()).toEqual(['The certificate of site-ours expires in 3 days']);
});
