import { describe, expect, test } from 'vitest';
import { TransportError, transportErrorCodes } from '../platform/errors/transport-error';
import { checkOrder } from './check-line';
import type { HostFacts } from './helper/host';
import { failedChecks, hostChecks, type Reach } from './host-checks';
import type { OtherDoor } from './ssh/try-other-doors';

const reach: Reach = {
  transport: 'ssh',
  user: 'deploy',
  publicKey: "ssh-ed25519 AAAAC3+/x= it's;evil",
  access: 'direct',
};
const enrolled: Reach = { ...reach, user: 'gatehouse', access: 'enrolled' };
const facts = {
  host: {
    event: 'host',
    kernel: 'Linux',
    arch: 'x86_64',
    distribution: 'debian',
    distributionVersion: '12',
    title: 'Debian 12',
    hostname: 'web-1',
    init: 'systemd',
    uid: 0,
    selinux: 'disabled',
    tools: [],
    missing: [],
    namespaces: true,
    helperSha256: '',
  },
  helperVersion: '1',
  disks: [{ event: 'disk', path: '/etc', freeKib: 1_000_000, freeInodes: null, writable: true }],
  servers: [
    {
      event: 'server',
      server: 'nginx',
      binary: '/usr/sbin/nginx',
      version: '1.22.1',
      openssl: '3.0.15',
      layout: 'debian',
      mainConfig: '/etc/nginx/nginx.conf',
      mainConfigExists: true,
      mainKnown: true,
      adapter: null,
      resumes: false,
      instances: [],
      links: [],
      running: true,
      masterPid: 1,
      user: 'www-data',
      modules: [],
      available: [],
      directories: [{ path: '/etc/nginx/conf.d', exists: true, included: true }],
    },
  ],
  listeners: [],
  journals: [],
  clockSkewSeconds: 1,
} as unknown as HostFacts;
const passed = [{ server: 'nginx' as const, passed: true, output: '' }];

/** The lines that are not green, with what they say. */
const red = (given: HostFacts, tests = passed) =>
  hostChecks(given, tests, enrolled)
    .filter(({ status }) => status !== 'ok')
    .map(({ id, status }) => `${id} ${status}`);
const withServer = (over: object) =>
  ({ ...facts, servers: [{ ...facts.servers[0], ...over }] }) as unknown as HostFacts;
const withHost = (over: object) => ({ ...facts, host: { ...facts.host, ...over } }) as HostFacts;
const withDisk = (over: object) =>
  ({ ...facts, disks: [{ ...facts.disks[0], ...over }] }) as unknown as HostFacts;

test('a healthy host is green in every line, in order', () => {
  expect(red(facts)).toEqual([]);
  expect(hostChecks(facts, passed, reach).map(({ id }) => id)).toEqual(checkOrder);
});

test.each([
  ['no root', withHost({ uid: 1000 }), ['root failed']],
  ['a missing tool', withHost({ missing: ['flock'] }), ['tools failed']],
  ['no namespaces', withHost({ namespaces: false }), ['tools warning']],
  [
    'no web server',
    { ...facts, servers: [] },
    ['web-server failed', 'layout skipped', 'included skipped', 'config-test skipped'],
  ],
  ['a stopped web server', withServer({ running: false }), ['web-server warning']],
  ['no main configuration', withServer({ mainConfigExists: false }), ['layout failed']],
  [
    'a directory nobody reads',
    withServer({ directories: [{ path: '/etc/nginx/conf.d', exists: true, included: false }] }),
    ['included failed'],
  ],
  ['a full disk', withDisk({ freeKib: 100 }), ['disk failed']],
  ['no inodes', withDisk({ freeInodes: 3 }), ['disk failed']],
  ['a read-only disk', withDisk({ writable: false }), ['disk failed']],
  ['a disk that fills up', withDisk({ freeKib: 50_000 }), ['disk warning']],
  ['a wrong clock', { ...facts, clockSkewSeconds: -7200 }, ['clock warning']],
] as const)('%s shows in its line', (_, given, expected) => {
  expect(red(given as HostFacts)).toEqual(expected);
});

test('a web server that is not in use is never red, and what is wrong with it is told', () => {
  const idle = {
    ...facts.servers[0],
    server: 'apache',
    running: false,
    mainConfig: '/etc/apache2/apache2.conf',
  };
  const both = { ...facts, servers: [facts.servers[0], idle] } as unknown as HostFacts;
  const tests = [...passed, { server: 'apache' as const, passed: false, output: 'AH00526: Syntax error' }];
  const line = hostChecks(both, tests, enrolled).find(({ id }) => id === 'config-test');
  expect(line).toMatchObject({ status: 'warning', commands: ['apachectl configtest'] });
  expect(line?.message).toMatch(/^Not running: Apache refuses .*\nAH00526/s);
  const refused = [{ server: 'nginx' as const, passed: false, output: 'no' }];
  expect(hostChecks(both, refused, enrolled).find(({ id }) => id === 'config-test')?.status).toBe('failed');
});

test('a tree that was broken before us says so, in the tool’s own words', () => {
  const tests = [
    {
      server: 'nginx' as const,
      passed: false,
      output: 'nginx: [emerg] unknown directive "x" in /etc/nginx/nginx.conf:3',
    },
  ];
  const line = hostChecks(facts, tests, reach).find(({ id }) => id === 'config-test');
  expect(line).toMatchObject({ status: 'failed', commands: ['nginx -t'] });
  expect(line?.message).toContain('nginx.conf:3');
});

test('a test that could not be run is not taken for a passed one', () => {
  expect(red(facts, [])).toEqual(['config-test skipped']);
});

describe.each(transportErrorCodes)('%s', (code) => {
  test('makes exactly one line red with its fix; what comes after it was not looked at', () => {
    const checks = failedChecks(new TransportError(code, 'What happened.', 'What to do.'), reach);
    expect(checks.map(({ id }) => id)).toEqual(checkOrder);
    const failed = checks.findIndex(({ status }) => status === 'failed');
    expect(checks[failed]).toMatchObject({ message: 'What happened.', fix: 'What to do.' });
    expect(checks.filter(({ status }) => status === 'failed')).toHaveLength(1);
    expect(checks.slice(failed + 1).every(({ status }) => status === 'skipped')).toBe(true);
  });
});

test('what a locked-down key can do besides makes its line red; a direct one is said to be so', () => {
  const locked = (given: Reach, doors: OtherDoor[]) =>
    hostChecks(facts, passed, given, doors).find(({ id }) => id === 'locked');
  expect(locked(enrolled, [])?.status).toBe('ok');
  expect(locked(enrolled, ['forwarding'])).toMatchObject({ status: 'failed' });
  expect(locked(enrolled, ['commands'])).toMatchObject({ status: 'failed' });
  expect(locked(reach, [])).toMatchObject({
    status: 'skipped',
    message: expect.stringContaining('deploy, and root by sudo'),
  });
});

test('a locked-down key that is no longer let in needs the bootstrap script, not a line with every right', () => {
  const [line] = failedChecks(new TransportError('auth-refused', 'No.', 'Add the key.'), enrolled).filter(
    ({ status }) => status === 'failed',
  );
  expect(line?.fix).toContain('bootstrap script');
  expect(line?.commands).toEqual([]);
});

test('commands to copy hold nothing but checked parts: an uploaded key’s comment stays out', () => {
  const [line] = failedChecks(new TransportError('auth-refused', '', ''), reach).filter(
    ({ commands }) => commands.length > 0,
  );
  expect(line?.commands.join('\n')).toContain("echo 'ssh-ed25519 AAAAC3+/x= gatehouse'");
  expect(line?.commands.join('\n')).not.toContain('evil');
});
