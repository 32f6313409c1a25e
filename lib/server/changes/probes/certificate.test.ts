import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import { openReach } from '../../hosts/reach';
import { probeSite } from './probe-site';

const hourMs = 3_600_000;
const hostname = 'ci.example.com';
const directory = mkdtempSync(join(tmpdir(), 'gatehouse-certificate-'));
let server: Server;
let port: number;

beforeAll(async () => {
  const [key, certificate] = [join(directory, 'key'), join(directory, 'certificate')];
  const subject = ['-subj', `/CN=${hostname}`, '-addext', `subjectAltName=DNS:${hostname}`];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'pipe' });
  server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as { port: number }).port;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});
afterEach(() => void vi.restoreAllMocks());

async function look(clockOffsetMs: number) {
  const site = { ...defaultSite('generic', 'ci', hostname), httpsPort: port };
  const host = { address: '127.0.0.1', forward: () => Promise.reject(new Error('no')), clockOffsetMs };
  const spec = { kind: 'certificate' as const, hostnames: [hostname], trusted: false };
  const [outcome] = await probeSite(site, [spec], openReach(host, [port]));
  return outcome;
}

test('a certificate that was just made is valid by the host’s clock, however far ours is behind', async () => {
  expect((await look(0))?.status).toBe('passed');
  const real = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => real() - 2 * hourMs);
  expect(await look(0)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('not valid before'),
  });
  expect(await look(2 * hourMs)).toMatchObject({ status: 'passed' });
});

test('one that ran out by the host’s clock fails although ours is behind', async () => {
  expect(await look(31 * 24 * hourMs)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('expired'),
  });
});
