import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSite } from '#core/rules/parse-site';
import type { RunningServer } from '#core/servers/conformance/driver';
import { freePorts } from '#core/servers/conformance/free-ports';
import { nginxDriver } from '#core/servers/conformance/nginx-driver';
import { renderTarget } from '#core/servers/render';
import {
  admin,
  buildPages,
  buildTimeoutMs,
  removeDataDir,
  type ServerProcess,
  setUpTeam,
  startServerProcess,
  temporaryDataDir,
} from './server-process';

const root = new URL('../..', import.meta.url).pathname;
const name = 'gatehouse.example.com';
const proxyDir = mkdtempSync(join(tmpdir(), 'gatehouse-own-proxy-'));
let dataDir: string;
let server: ServerProcess;
let proxy: RunningServer;
let https: number;
let token: string;

beforeAll(async () => {
  await buildPages();
  dataDir = temporaryDataDir();
  token = await setUpTeam(dataDir);
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  https = httpsPort;
  server = await startServerProcess(dataDir, {
    GATEHOUSE_PUBLIC_URL: `https://${name}:${https}`,
    GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1',
  });
  // The example as it is, but for ports, a certificate of its own and this machine among those let in.
  const example = parse(readFileSync(join(root, 'examples/sites/gatehouse.yaml'), 'utf8'));
  const site = parseSite({
    ...example,
    tls: { mode: 'self-signed' },
    httpPort,
    httpsPort,
    upstreams: [{ servers: [{ address: '127.0.0.1', port: Number(new URL(server.url).port) }] }],
    access: { ip: { allow: [...example.access.ip.allow, '127.0.0.1/32'] } },
  });
  if (!site.ok) throw new Error(JSON.stringify(site.error));
  const rendering = renderTarget([site.value], {
    server: 'nginx',
    version: await nginxDriver.version(),
    openssl: await nginxDriver.openssl(),
    layout: 'debian',
    modules: null,
  });
  proxy = await nginxDriver.start(rendering, proxyDir);
}, buildTimeoutMs);
afterAll(async () => {
  await proxy?.stop();
  await server?.stop();
  removeDataDir(dataDir);
  rmSync(proxyDir, { recursive: true, force: true });
});

async function call(
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<IncomingMessage> {
  const sent = request({
    host: '127.0.0.1',
    port: https,
    servername: name,
    rejectUnauthorized: false,
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { host: `${name}:${https}`, ...headers },
  });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}
async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
}

test('behind its own generated configuration the dashboard shows its pages and lets people sign in', async () => {
  const page = await call('/sign-in');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(page.headers['strict-transport-security']).toContain('max-age');
  const html = await textOf(page);
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  expect((await call(script)).statusCode).toBe(200);
  const signedIn = await call(
    '/api/v1/session',
    {
      'content-type': 'application/json',
      origin: `https://${name}:${https}`,
      // What a client writes here itself must not be believed.
      'x-forwarded-for': '203.0.113.66',
    },
    JSON.stringify(admin),
  );
  expect([signedIn.statusCode, await textOf(signedIn)]).toEqual([200, expect.any(String)]);
  const cookie = signedIn.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/Secure/i);
  const again = await call('/api/v1/session', { cookie: cookie.split(';')[0] ?? '' });
  expect(again.statusCode).toBe(200);
  const db = new Database(join(dataDir, 'gatehouse.db'), { readonly: true });
  const addresses = db.prepare(`SELECT DISTINCT ipAddress AS address FROM "Session"`).all();
  db.close();
  expect(JSON.stringify(addresses)).not.toContain('203.0.113.66');
});

test('an event stream passes it message by message while it stays open', async () => {
  const db = new Database(join(dataDir, 'gatehouse.db'));
  const { id: teamId } = db.prepare('SELECT id FROM "Team"').get() as { id: string };
  db.prepare(`INSERT INTO "Plan" (id, teamId, hash, status) VALUES ('p', ?, 'h', 'ready')`).run(teamId);
  db.prepare(
    `INSERT INTO "Apply" (id, teamId, planId, planHash, status) VALUES ('a', ?, 'p', 'h', 'running')`,
  ).run(teamId);
  const stream = await call('/api/v1/teams/ours/applies/a/events', { authorization: `Bearer ${token}` });
  expect(stream.headers['content-type']).toBe('text/event-stream');
  const chunks = stream[Symbol.asyncIterator]();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) {
      const { value, done } = await chunks.next();
      if (done) throw new Error(`the stream ended: ${text}`);
      text += value;
    }
  };
  await until('"status":"running"');
  expect(stream.complete).toBe(false);
  db.prepare(`UPDATE "Apply" SET status = 'succeeded' WHERE id = 'a'`).run();
  db.close();
  await until('"status":"succeeded"');
});
