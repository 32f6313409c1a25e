import { describe, expect, test } from 'vitest';
import { Site, type SiteInput } from '../site/schema';
import { missingHostPaths } from './host-paths';
import { type HostListener, takenPorts } from './port-issues';

const site = (more: Partial<SiteInput> = {}) =>
  Site.parse({
    schemaVersion: 1,
    name: 'ci',
    preset: 'generic',
    hostnames: ['ci.example.com'],
    tls: { mode: 'self-signed' },
    upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    ...more,
  });
const listener = (more: Partial<HostListener>): HostListener => ({
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 443,
  pid: 812,
  process: 'java',
  server: null,
  ...more,
});

describe('a port that somebody else has is found at its field', () => {
  test('with the name of who has it', () => {
    const [issue, ...others] = takenPorts(site(), 'nginx', [listener({})]);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ path: ['httpsPort'], severity: 'error', site: 'ci' });
    expect(issue?.message).toContain('taken by java (process 812)');
  });

  test('another web server counts as somebody else, the own one does not', () => {
    expect(takenPorts(site(), 'nginx', [listener({ port: 80, server: 'apache' })])).toMatchObject([
      { path: ['httpPort'] },
    ]);
    expect(
      takenPorts(site(), 'nginx', [listener({ server: 'nginx' }), listener({ port: 80, server: 'nginx' })]),
    ).toEqual([]);
  });

  test('a UDP listener is in the way of HTTP/3 only', () => {
    const udp = listener({ protocol: 'udp' });
    expect(takenPorts(site(), 'nginx', [udp])).toEqual([]);
    expect(takenPorts(site({ http3: true }), 'nginx', [udp])).toMatchObject([{ path: ['http3'] }]);
  });
});

test('each path of the host that a document names and that is missing is found at its field', () => {
  const document = site({
    tls: { mode: 'files', certificate: '/etc/ssl/ci.pem', key: '/etc/ssl/ci.key' },
    acmeDirectory: '/var/www/acme',
    upstreams: [{ servers: [{ socket: '/run/app.sock' }] }],
    access: { auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/ci.users' } },
  });
  const all = ['/etc/ssl/ci.pem', '/etc/ssl/ci.key', '/var/www/acme', '/run/app.sock', '/etc/ci.users'];
  const exists = new Map(all.map((path) => [path, 'absent' as const]));
  expect(
    missingHostPaths(document, exists, 'web1').map(({ path, severity }) => `${path.join('.')} ${severity}`),
  ).toEqual([
    'tls.certificate error',
    'tls.key error',
    'upstreams.0.servers.0.socket warning',
    'access.auth.usersFile error',
    'acmeDirectory warning',
  ]);
  expect(missingHostPaths(document, new Map(all.map((path) => [path, 'file' as const])), 'web1')).toEqual([]);
});
