import { describe, expect, test } from 'vitest';
import { mayConnect } from './address-guard';

const internal: readonly (readonly [string, ...string[]])[] = [
  ['this machine', '127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '::', '0.1.2.3'],
  ['private networks', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd12:3456::1', 'fec0::1'],
  ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0'],
  [
    'metadata of clouds',
    '169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
  ],
  ['carrier-grade NAT', '100.64.0.1', '100.127.255.255'],
  ['multicast and broadcast', '224.0.0.1', '239.255.255.250', '255.255.255.255', 'ff02::1'],
  ['reserved', '240.0.0.1', '192.0.2.1', '198.18.0.1', '2001:db8::1'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '::ffff:a9fe:a9fe'],
  ['IPv4 behind a translator', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:7f00:1::'],
  ['no address', 'localhost', '', '1.2.3', '127.1', '0x7f000001'],
];

describe('class "SSRF": the dashboard calls nothing that only it can reach', () => {
  test.each(internal)('%s', (_, ...addresses) => {
    expect(addresses.filter((address) => mayConnect(address, []))).toEqual([]);
  });

  test('control: addresses of the internet are called', () => {
    const open = ['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'];
    expect(open.filter((address) => !mayConnect(address, []))).toEqual([]);
  });

  test('settings allow an address or a range, and nothing beside it', () => {
    expect(mayConnect('10.1.2.3', ['10.1.0.0/16'])).toBe(true);
    expect(mayConnect('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true);
    expect(mayConnect('10.2.0.1', ['10.1.0.0/16'])).toBe(false);
    expect(mayConnect('fd00::5', ['fd00::5'])).toBe(true);
    expect(mayConnect('fd00::6', ['fd00::5'])).toBe(false);
    expect(mayConnect('127.0.0.1', ['10.0.0.0/8', '::1'])).toBe(false);
  });
});
