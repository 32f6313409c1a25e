import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { origin, startTestServer, type TestServer } from '../testing/test-server';
import { assertSameOrigin } from './same-origin';

const own = new URL(origin);
const lookalikes = [
  `${own.protocol}//${own.host}.evil.example`,
  `${own.protocol}//evil-${own.host}`,
  `${own.protocol}//${own.hostname}:${own.port}0`,
  `${own.protocol}//${own.hostname}`,
  `${own.protocol}//${own.host}@evil.example`,
  `${own.protocol}//evil.example/${own.host}`,
  `ftp://${own.host}`,
  `${own.host}`,
  'null',
  '',
];
const from = (claimed: string) =>
  new Request(`${origin}/api/v1/session`, {
    method: 'DELETE',
    headers: { host: own.host, origin: claimed, 'sec-fetch-site': 'same-origin' },
  });

describe.each([
  ['with a configured origin', { GATEHOUSE_PUBLIC_URL: origin }],
  ['by the Host header', {}],
] as const)('%s', (_, environment) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(environment);
  });
  afterAll(() => server.stop());

  test('class "prefix match" (GO-2026-5408): an origin is compared whole; one that begins or ends alike is another', () => {
    expect(() => assertSameOrigin(from(origin))).not.toThrow();
    for (const claimed of lookalikes)
      expect(() => assertSameOrigin(from(claimed)), claimed).toThrow('did not come from');
  });
});
