import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultSite } from '../presets/default-site';
import { parseSite } from '../rules/parse-site';
import { describeChanges } from './describe-changes';
import { leftOut } from './left-out';
import { Site } from './schema';
import { siteFromTemplate, templateOf } from './site-template';
import { fullSites } from './testing/full-site';
import { siteArbitrary } from './testing/site-arbitrary';

const folder = join(import.meta.dirname, '../../../examples/sites');
const examples = readdirSync(folder).map((file): [string, Site] => [
  file,
  Site.parse(parse(readFileSync(join(folder, file), 'utf8'))),
]);
const documents: [string, Site][] = [
  ...examples,
  ...fullSites.map((site): [string, Site] => [`every field: ${site.name}`, Site.parse(site)]),
];

/** The document that a person gets who fills in what the template left empty with what the first site had there. */
function filledIn(start: Site, from: Site): Site {
  const { name, description, hostnames } = from;
  return {
    ...start,
    name,
    description,
    hostnames,
    tls: from.tls,
    upstreams: start.upstreams.map((upstream, index) => {
      const { servers, serverName } = from.upstreams[index] ?? upstream;
      return { ...upstream, servers, ...(serverName !== undefined && { serverName }) };
    }),
    aliases: from.aliases,
    extraHosts: start.extraHosts.map((extra, index) => ({
      ...extra,
      hostnames: from.extraHosts[index]?.hostnames ?? [],
      ...(extra.tls && { tls: from.extraHosts[index]?.tls ?? extra.tls }),
    })),
  };
}

describe.each(documents)('%s', (_, site) => {
  const template = templateOf(site);
  const start = siteFromTemplate(template);

  test('its template is a valid document, and that template’s template is the same', () => {
    expect(parseSite(template)).toEqual({ ok: true, value: template });
    expect(templateOf(template)).toEqual(template);
  });

  test('filling in what is empty gives the site back: nothing else was lost', () => {
    expect(filledIn(start, site)).toEqual(site);
  });

  test('nothing of the site’s own is left: no name, no host name, no address', () => {
    expect(start).toMatchObject({ name: '', description: '', hostnames: [''] });
    expect(start.extraHosts.every(({ hostnames }) => hostnames.join() === '')).toBe(true);
    for (const server of start.upstreams[0]?.servers ?? [])
      expect('socket' in server ? server.socket : server.address).toBe('');
    expect(JSON.stringify(start)).not.toContain('fill-in');
  });
});

test('property: a template of any valid site is valid, and only what is a site’s own is another', () => {
  const may =
    /^(?:name|description|hostnames|aliases|tls|upstreams\[.*\]\.(?:servers|serverName)|extraHosts\[.*\]\.(?:hostnames|tls))/;
  const secret = /(?:request|response)Headers/;
  fc.assert(
    fc.property(siteArbitrary, (site) => {
      fc.pre(parseSite(site).ok);
      const template = templateOf(site);
      expect(parseSite(template).ok).toBe(true);
      for (const { path } of describeChanges(site, template))
        expect(may.test(path) || secret.test(path), path).toBe(true);
    }),
  );
});

const ci = defaultSite('jenkins', 'ci', 'ci.example.com');
const files = (certificate: string): Site => ({
  ...ci,
  tls: { mode: 'files', certificate, key: certificate.replace('.pem', '.key') },
});

test.each(['/etc/letsencrypt/live/ci.example.com/fullchain.pem', '/etc/ssl/ci.pem', '/etc/ssl/CI-2026.pem'])(
  'a certificate that is named after the site is its own: %s',
  (path) => {
    expect(siteFromTemplate(templateOf(files(path))).tls).toEqual({
      mode: 'files',
      certificate: '',
      key: '',
    });
  },
);

test.each(['/etc/ssl/wildcard.example.com.pem', '/etc/ssl/circle.pem'])(
  'one that is not may be for all of them: %s',
  (path) => {
    expect(templateOf(files(path)).tls).toEqual(files(path).tls);
  },
);

test('a secret in a header is never copied, wherever it is', () => {
  const header = (name: string, value: string) => ({ op: 'set' as const, name, value });
  const site = Site.parse({
    ...ci,
    requestHeaders: [header('Authorization', 'Basic czNjcjN0'), header('X-Team', 'build')],
    locations: [
      {
        match: { kind: 'prefix', path: '/api/' },
        requestHeaders: [header('X-Api-Key', 's3cr3t')],
        responseHeaders: [header('X-Token', '{host}')],
      },
    ],
  });
  const start = siteFromTemplate(templateOf(site));
  expect(JSON.stringify([templateOf(site), start])).not.toMatch(/czNjcjN0|s3cr3t/);
  expect(start.requestHeaders).toEqual([header('Authorization', ''), header('X-Team', 'build')]);
  expect(start.locations[0]?.responseHeaders).toEqual([header('X-Token', '{host}')]);
  expect(JSON.stringify(leftOut(site))).not.toMatch(/czNjcjN0|s3cr3t/);
});

test('whom the access rule asks is part of it; other upstreams are where this site goes', () => {
  const upstream = (name: string, address: string) => ({ name, servers: [{ address, port: 4180 }] });
  const site = Site.parse({
    ...ci,
    upstreams: [upstream('main', '10.0.0.5'), upstream('sign-in', '10.0.0.9'), upstream('files', '10.0.0.6')],
    access: { auth: { mode: 'forward', upstream: 'sign-in', path: '/auth' } },
  });
  const addresses = siteFromTemplate(templateOf(site)).upstreams.flatMap(({ servers }) => servers);
  expect(addresses).toMatchObject([{ address: '' }, { address: '10.0.0.9' }, { address: '' }]);
});

test('what is left out is told beforehand', () => {
  expect(leftOut({ ...files('/etc/ssl/ci.pem'), description: 'for all' })).toEqual([
    { field: 'Name', value: 'ci' },
    { field: 'Description', value: 'for all' },
    { field: 'Host name ci.example.com', value: null },
    { field: 'TLS, certificate', value: '/etc/ssl/ci.pem' },
    { field: 'TLS, key', value: '/etc/ssl/ci.key' },
    { field: 'Upstream main, server 127.0.0.1:8080', value: null },
  ]);
});
