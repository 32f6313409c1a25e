import { describe, expect, test } from 'vitest';
import { clientAddress, trustedNetworks } from './client-address.mjs';

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
