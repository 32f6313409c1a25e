import type { ServedAddress } from '../server-inventory';

/**
 * The words of a `listen` as addresses (ngx_http_core_listen, ngx_parse_url): one, or two where an IPv6 wildcard takes IPv4 as well. `null` for a
 * unix socket, which no visitor reaches.
 */
export function listenAddresses(words: readonly string[]): readonly ServedAddress[] | null {
  const [, target = '', ...options] = words;
  if (target.startsWith('unix:')) return null;
  const flags = {
    tls: options.includes('ssl') || options.includes('quic'),
    isDefault: options.includes('default_server') || options.includes('default'),
    http2: options.includes('http2'),
  };
  const six = /^(\[[^\]]*\])(?::(\d+))?$/.exec(target);
  if (six) {
    const one = { address: (six[1] ?? '').toLowerCase(), port: Number(six[2] ?? 80), ...flags };
    const both = one.address === '[::]' && options.includes('ipv6only=off');
    return both ? [one, { ...one, address: '*' }] : [one];
  }
  if (/^\d+$/.test(target)) return [{ address: '*', port: Number(target), ...flags }];
  const [, host = '', port = '80'] = /^([^:]*)(?::(\d+))?$/.exec(target) ?? [];
  const address = host === '*' || host === '0.0.0.0' || host === '' ? '*' : host.toLowerCase();
  return [{ address: address === 'localhost' ? '127.0.0.1' : address, port: Number(port), ...flags }];
}
