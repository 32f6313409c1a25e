import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AcmeClient } from './acme-client';
import { AcmeError } from './acme-error';
import { accountKey, newAccountKey } from './jws';
import { type FakeCa, startFakeCa } from './testing/start-fake-ca';

let ca: FakeCa;
let client: AcmeClient;
const key = accountKey(newAccountKey());

beforeEach(async () => {
  ca = await startFakeCa();
  const account = { directoryUrl: ca.directoryUrl, caPem: ca.caPem, key, accountUrl: `${ca.origin}/acct/1` };
  client = new AcmeClient(account, { timeoutMs: 600 });
});
afterEach(async () => {
  client.close();
  await ca.stop();
});

const failure = async (work: Promise<unknown>): Promise<AcmeError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AcmeError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};
const problem = (type: string, detail = 'words') =>
  JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail });

describe('what a CA may answer', () => {
  test.each([
    ['2', 2],
    ['3600', 3600],
    [new Date(Date.now() + 120_000).toUTCString(), 120],
    [null, null],
  ])('429 with Retry-After %s is handed on at once, not slept on', async (header, seconds) => {
    ca.on('/new-order', (response) => {
      if (header) response.setHeader('retry-after', header);
      response.writeHead(429, { 'content-type': 'application/problem+json' }).end(problem('rateLimited'));
    });
    const begun = Date.now();
    const error = await failure(client.newOrder(['a.example.com']));
    expect(Date.now() - begun).toBeLessThan(1500);
    expect([error.kind, error.type, error.status]).toEqual(['problem', 'rateLimited', 429]);
    const wait = error.retryAt ? Math.round((error.retryAt.getTime() - begun) / 1000) : null;
    if (seconds === null) expect(wait).toBeNull();
    else expect(Math.abs((wait ?? 0) - seconds)).toBeLessThanOrEqual(2);
  });

  test('HTML for JSON, an empty answer, a redirect', async () => {
    ca.on('/new-order', (response) =>
      response.setHeader('content-type', 'text/html').end('<h1>Sign in</h1>'),
    );
    expect((await failure(client.newOrder(['a.example.com']))).message).toContain('<h1>Sign in</h1>');
    ca.on('/dir', (response) => response.writeHead(302, { location: 'https://169.254.169.254/' }).end());
    const account = { directoryUrl: ca.directoryUrl, caPem: ca.caPem, key, accountUrl: null };
    expect((await failure(new AcmeClient(account).directory())).kind).toBe('not-acme');
  });

  test('an answer that never comes, or comes byte by byte, ends with its time', async () => {
    ca.on('/new-order', () => undefined);
    expect((await failure(client.newOrder(['a.example.com']))).kind).toBe('timeout');
    ca.on('/new-order', (response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    });
    expect((await failure(client.newOrder(['a.example.com']))).kind).toBe('timeout');
  });

  test('an endless answer is not read to its end', async () => {
    ca.on('/new-order', (response) => response.writeHead(201).end('x'.repeat(3_000_000)));
    expect((await failure(client.newOrder(['a.example.com']))).message).toContain('longer than');
  });

  test('an order that leads elsewhere is not followed', async () => {
    ca.on('/new-order', (response) => {
      const order = {
        status: 'pending',
        identifiers: [],
        authorizations: ['https://169.254.169.254/latest'],
        finalize: `${ca.origin}/f`,
      };
      response.writeHead(201, { location: 'https://10.0.0.1/order' }).end(JSON.stringify(order));
    });
    expect((await failure(client.newOrder(['a.example.com']))).message).toContain('leads to another address');
    await expect(client.authorization('https://169.254.169.254/latest')).rejects.toThrow('not followed');
  });

  test('hostile words of a problem lose their control characters', async () => {
    ca.on('/new-order', (response) =>
      response
        .writeHead(403, { 'content-type': 'application/problem+json' })
        .end(problem('caa', 'no\u001b[31m \u202Eexe.\nnow')),
    );
    const { message, hint } = await failure(client.newOrder(['a.example.com']));
    expect(message).toBe('A CAA record forbids this CA to issue for the name. It says: “no [31m exe. now”');
    expect(hint).toContain('CAA');
  });

  test('the wrong root is named as such', async () => {
    const other = await startFakeCa();
    const account = { directoryUrl: ca.directoryUrl, caPem: other.caPem, key, accountUrl: null };
    const error = await failure(new AcmeClient(account).directory());
    await other.stop();
    expect(error.kind).toBe('untrusted');
    expect(error.hint).toContain('root certificate');
  });

  test('profile and the replaced certificate are told where the CA knows them; ARI is read', async () => {
    let sent = '';
    ca.on('/new-order', (response, body) => {
      sent = Buffer.from((JSON.parse(body) as { payload: string }).payload, 'base64url').toString();
      const order = { status: 'ready', identifiers: [], authorizations: [], finalize: `${ca.origin}/f` };
      response.writeHead(201, { location: `${ca.origin}/order/1` }).end(JSON.stringify(order));
    });
    ca.on('/ari/aa.bb', (response) =>
      response.setHeader('retry-after', '21600').end(
        JSON.stringify({
          suggestedWindow: { start: '2026-12-01T00:00:00Z', end: '2026-12-02T00:00:00+00:00' },
        }),
      ),
    );
    await client.newOrder(['a.example.com'], { profile: 'shortlived', replaces: 'aa.bb' });
    expect(JSON.parse(sent)).toMatchObject({ profile: 'shortlived', replaces: 'aa.bb' });
    const info = await client.renewalInfo('aa.bb');
    expect(info?.value.suggestedWindow.start).toBe('2026-12-01T00:00:00Z');
    expect(info?.retryAt).not.toBeNull();
  });
});

test('the thumbprint is that of RFC 7638', () => {
  const { crv, kty, x, y } = key.export({ format: 'jwk' }) as Record<string, string>;
  const expected = createHash('sha256').update(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`);
  expect(client.keyAuthorization('t')).toBe(`t.${expected.digest('base64url')}`);
});
