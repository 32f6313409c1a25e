import { describe, expect, test } from 'vitest';
import { Site, type SiteInput } from '../site/schema';
import { siteProbes } from './site-probes';

const site = (change: Partial<SiteInput> = {}) =>
  Site.parse({
    schemaVersion: 1,
    name: 'ci',
    preset: 'buildbot',
    hostnames: ['ci.example.com'],
    tls: { mode: 'self-signed' },
    upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    ...change,
  } satisfies SiteInput);

describe('probes of a site', () => {
  test('ask on public paths', () => {
    const probes = siteProbes(site({ prefix: { mode: 'strip', path: '/buildbot/' } }));
    expect(probes).toContainEqual({
      kind: 'redirect',
      path: '/buildbot/api/v2',
      status: 308,
      location: 'https://ci.example.com/buildbot/api/v2',
    });
    expect(probes).toContainEqual(expect.objectContaining({ kind: 'websocket', path: '/buildbot/ws' }));
    expect(probes).toContainEqual({ kind: 'certificate', hostnames: ['ci.example.com'], trusted: false });
  });

  test('expect the proxy’s sign-in where there is one', () => {
    const access = { auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/users' } } as const;
    const probes = siteProbes(site({ access }));
    expect(probes).toContainEqual({ kind: 'page', path: '/', statuses: [401, 302] });
    expect(probes.some(({ kind }) => kind === 'websocket')).toBe(false);
  });

  test('leave out what plain http cannot show', () => {
    const kinds = siteProbes(site({ tls: { mode: 'none' } })).map(({ kind }) => kind);
    expect(kinds).not.toContain('redirect');
    expect(kinds).not.toContain('certificate');
  });
});
