import { describe, expect, test } from 'vitest';
import { Site, type SiteInput } from '../site/schema';
import { siteProbes } from './site-probes';

const site = (more: Partial<SiteInput> = {}) =>
  Site.parse({
    schemaVersion: 1,
    name: 'ci',
    preset: 'buildbot',
    hostnames: ['ci.example.com', '*.ci.example.com'],
    httpsPort: 8443,
    tls: { mode: 'self-signed' },
    prefix: { mode: 'strip', path: '/bb/' },
    upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    ...more,
  });
const kinds = (document: Site) => siteProbes(document).map(({ kind }) => kind);

describe('the checks follow from the site', () => {
  test('redirect and certificate name the public address and all names', () => {
    const probes = siteProbes(site());
    expect(probes).toContainEqual({
      kind: 'redirect',
      path: '/bb/api/v2',
      status: 308,
      location: 'https://ci.example.com:8443/bb/api/v2',
    });
    expect(probes).toContainEqual({
      kind: 'certificate',
      hostnames: ['ci.example.com', '*.ci.example.com'],
      trusted: false,
    });
  });

  test('the application’s own checks come below the public prefix', () => {
    const probes = siteProbes(site());
    expect(probes).toContainEqual(expect.objectContaining({ kind: 'websocket', path: '/bb/ws' }));
    expect(probes).toContainEqual(expect.objectContaining({ kind: 'event-stream' }));
  });

  test('plain http has neither redirect nor certificate', () => {
    expect(kinds(site({ tls: { mode: 'none' } }))).not.toContain('redirect');
    expect(kinds(site({ tls: { mode: 'none' } }))).not.toContain('certificate');
  });

  test('behind a sign-in only the door is checked, and it has to be shut', () => {
    const guarded = site({ access: { auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/ci.users' } } });
    expect(kinds(guarded)).not.toContain('websocket');
    expect(kinds(guarded)).not.toContain('event-stream');
    const pages = siteProbes(guarded).filter((probe) => probe.kind === 'page');
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) expect(page).toMatchObject({ statuses: [401, 302] });
  });

  test('where only some addresses are let in, being refused is as good as the page', () => {
    const guarded = site({ access: { ip: { allow: ['10.0.0.0/8'] } } });
    expect(kinds(guarded)).not.toContain('websocket');
    for (const page of siteProbes(guarded).filter((probe) => probe.kind === 'page')) {
      expect(page).toMatchObject({ statuses: [200, 403] });
      expect(page).not.toHaveProperty('bodyIncludes');
    }
  });
});
