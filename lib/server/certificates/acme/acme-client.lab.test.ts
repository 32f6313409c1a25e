import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { certificateId } from '#core/acme/certificate-id';
import { AcmeClient, type Told } from './acme-client';
import type { AcmeError } from './acme-error';
import { accountKey, newAccountKey } from './jws';
import { type Pebble, type PebbleOptions, startPebble } from './testing/start-pebble';

const run = promisify(execFile);
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function pebble(options: PebbleOptions): Promise<Pebble> {
  const started = await startPebble(options);
  closing.push(started.stop);
  return started;
}

/** Answers challenges on 127.0.0.1, which is where every name leads. */
async function answerer(tokens: Map<string, string>): Promise<number> {
  const server: Server = createServer((request, response) => {
    response.end(tokens.get(request.url?.replace('/.well-known/acme-challenge/', '') ?? '') ?? '');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => server.close());
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}

async function makeCsr(names: readonly string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-csr-'));
  const out = join(directory, 'csr.der');
  await run('openssl', [
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/'],
    ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
    ...['-keyout', join(directory, 'key.pem'), '-outform', 'DER', '-out', out],
  ]);
  const csr = (await readFile(out)).toString('base64url');
  await rm(directory, { recursive: true });
  return csr;
}

async function waitFor<T>(ask: () => Promise<Told<T>>, is: (value: T) => boolean): Promise<T> {
  for (const until = Date.now() + 60_000; ; ) {
    const { value } = await ask();
    if (is(value)) return value;
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** One certificate, the way an order goes. */
async function issue(client: AcmeClient, names: string[], tokens: Map<string, string>): Promise<string> {
  const { value: order, url } = await client.newOrder(names);
  for (const at of order.authorizations) {
    const { value } = await client.authorization(at);
    const challenge = value.challenges.find(({ type }) => type === 'http-01');
    if (!challenge?.token) throw new Error('no challenge');
    tokens.set(challenge.token, client.keyAuthorization(challenge.token));
    await client.answer(challenge.url);
    const ended = await waitFor(
      () => client.authorization(at),
      ({ status }) => status !== 'pending',
    );
    expect(ended.status, JSON.stringify(ended)).toBe('valid');
  }
  await client.finalize(order.finalize, await makeCsr(names));
  const done = await waitFor(
    () => client.order(url),
    ({ status }) => status === 'valid' || status === 'invalid',
  );
  return client.certificate(done.certificate ?? '');
}

const clientOf = (ca: Pebble, pem = newAccountKey(), accountUrl: string | null = null) => {
  const client = new AcmeClient({
    directoryUrl: ca.directoryUrl,
    caPem: ca.caPem,
    key: accountKey(pem),
    accountUrl,
  });
  closing.push(() => client.close());
  return client;
};

describe('against Pebble', () => {
  test.each([
    { nonceReject: 5, chainLength: 1 },
    { nonceReject: 60, chainLength: 3, sleepSeconds: 0 },
  ])('a certificate with %o, revoked afterwards', async (options) => {
    const tokens = new Map<string, string>();
    const ca = await pebble({ ...options, httpPort: await answerer(tokens) });
    const client = clientOf(ca);
    await client.newAccount({ email: 'ada@example.com', eab: null });
    const chain = await issue(client, ['a.example.com', 'b.example.com'], tokens);
    const [leaf = ''] = chain.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----/g) ?? [];
    const certificate = new X509Certificate(leaf);
    expect(certificate.subjectAltName).toContain('DNS:b.example.com');
    const id = certificateId(certificate.raw, certificate.serialNumber);
    const { stdout } = await run('sh', [
      '-c',
      'printf %s "$1" | openssl x509 -noout -ext authorityKeyIdentifier',
      'sh',
      leaf,
    ]);
    const keyId = (stdout.match(/(?:[0-9A-F]{2}:)+[0-9A-F]{2}/)?.[0] ?? '').replaceAll(':', '');
    expect(
      Buffer.from(id?.split('.')[0] ?? '', 'base64url')
        .toString('hex')
        .toUpperCase(),
    ).toBe(keyId);
    await client.revoke(certificate.raw.toString('base64url'), 4);
    await expect(client.revoke(certificate.raw.toString('base64url'), 4)).rejects.toThrow();
  });

  test('external account binding: with the right key, the wrong one, and none', async () => {
    const hmacKey = Buffer.from('a secret of thirty-two bytes, ok').toString('base64url');
    const ca = await pebble({ sleepSeconds: 0, eab: { 'kid-1': hmacKey } });
    const good = clientOf(ca);
    await expect(good.newAccount({ email: null, eab: { kid: 'kid-1', hmacKey } })).resolves.toMatch(
      /^https:/,
    );
    const wrong = Buffer.from('another').toString('base64url');
    await expect(
      clientOf(ca).newAccount({ email: null, eab: { kid: 'kid-1', hmacKey: wrong } }),
    ).rejects.toThrow();
    const error = (await clientOf(ca)
      .newAccount({ email: null, eab: null })
      .catch((thrown: unknown) => thrown)) as AcmeError;
    expect(error.type).toBe('externalAccountRequired');
  });

  test('the account key can be changed, and only the new one counts then', async () => {
    const tokens = new Map<string, string>();
    const ca = await pebble({ sleepSeconds: 0, httpPort: await answerer(tokens) });
    const client = clientOf(ca);
    const url = await client.newAccount({ email: null, eab: null });
    const next = newAccountKey();
    await client.changeKey(accountKey(next));
    const after = clientOf(ca, next, url);
    expect(await issue(after, ['c.example.com'], tokens)).toContain('BEGIN CERTIFICATE');
    await expect(client.newOrder(['d.example.com'])).rejects.toThrow();
  });
});
