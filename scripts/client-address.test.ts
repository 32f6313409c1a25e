import { describe, expect, test } from 'vitest';
import { clientAddress, proxyPerson, trustedNetworks } from './client-address.mjs';

const nobody = trustedNetworks([]);
const proxies = trustedNetworks(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

describe('class "forged client address": what a stranger writes into X-Forwarded-For is not believed', () => {
  test.each([
    ['203.0.113.5', '6.6.6.6', nobody, '203.0.113.5'],
    ['127.0.0.1', '6.6.6.6', nobody, '127.0.0.1'],
    ['203.0.113.5', '6.6.6.6', proxies, '203.0.113.5'],
    ['127.0.0.1', '203.0.113.5', proxies, '203.0.113.5'],
    ['127.0.0.1', '6.6.6.6, 203.0.113.5', proxies, '203.0.113.5'],
    ['127.0.0.1', '6.6.6.6, 203.0.113.5, 10.1.2.3', proxies, '203.0.113.5'],
    ['127.0.0.1', '10.9.9.9', proxies, '10.9.9.9'],
    ['127.0.0.1', 'nonsense', proxies, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.5, nonsense', proxies, '127.0.0.1'],
    ['127.0.0.1', undefined, proxies, '127.0.0.1'],
    ['::ffff:127.0.0.1', '203.0.113.5', proxies, '203.0.113.5'],
    ['::ffff:203.0.113.5', '6.6.6.6', proxies, '203.0.113.5'],
    ['fd00::1', '2001:db8::7', proxies, '2001:db8::7'],
    [undefined, '6.6.6.6', proxies, 'unknown'],
  ])('peer %s says %s', (peer, forwarded, trusted, expected) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(expected);
  });
});

describe('class "forged sign-in header": who is signed in is believed from a trusted connection only', () => {
  const name = 'x-forwarded-email';
  test.each([
    ['127.0.0.1', 'ada@example.com', name, proxies, 'ada@example.com'],
    ['::ffff:127.0.0.1', 'ada@example.com', name, proxies, 'ada@example.com'],
    ['203.0.113.5', 'ada@example.com', name, proxies, null],
    ['127.0.0.1', 'ada@example.com', name, nobody, null],
    ['127.0.0.1', 'ada@example.com', undefined, proxies, null],
    ['127.0.0.1', 'eve@example.com, ada@example.com', name, proxies, null],
    ['127.0.0.1', '', name, proxies, null],
    ['127.0.0.1', undefined, name, proxies, null],
    [undefined, 'ada@example.com', name, proxies, null],
  ])('peer %s says %s', (peer, said, header, trusted, expected) => {
    const headers: Record<string, string | undefined> = { [name]: said };
    expect(proxyPerson(peer, headers, header, trusted)).toBe(expected);
    if (header) expect(headers).not.toHaveProperty(name);
  });
});
