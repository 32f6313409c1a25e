import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { siteProbes } from '../probe/site-probes';
import { resolve } from '../resolve/resolve';
import { checkSite } from '../rules/check-site';
import { parseSite } from '../rules/parse-site';
import { presetTitles } from '../site/preset-titles';
import { publicPath } from '../site/public-url';
import { ExtraHost, Location, type Site, Upstream } from '../site/schema';
import { presets } from '.';
import { defaultSite } from './default-site';
import type { Preset } from './preset';
import { ProbeSpec } from './probe-spec';

const examples = join(import.meta.dirname, '../../../examples/sites');

const basic = {
  mode: 'basic',
  realm: 'CI',
  usersFile: '/etc/users',
  passAuthorization: false,
} as const;
const rewritten: Partial<Site> = { prefix: { mode: 'rewrite', rules: [{ from: '/api/', to: '/api/x/' }] } };
const errors = (site: Site) => checkSite(site).filter(({ severity }) => severity === 'error');
const main = (site: Site) => site.upstreams[0] as Upstream;

/** Extra hosts and upstreams of a preset as the form would add them. */
function withOffers(preset: Preset, site: Site): Pick<Site, 'upstreams' | 'extraHosts'> {
  return {
    upstreams: [
      ...site.upstreams,
      ...(preset.extraUpstreams ?? []).map(({ name, scheme, port }) =>
        Upstream.parse({ name, scheme, servers: [{ address: '127.0.0.1', port }] }),
      ),
    ],
    extraHosts: (preset.extraHosts ?? []).map(({ why: _, wildcard, ...host }) =>
      ExtraHost.parse({
        upstream: main(site).name,
        ...host,
        hostnames: [
          `${host.purpose}.ci.example.com`,
          ...(wildcard ? [`*.${host.purpose}.ci.example.com`] : []),
        ],
      }),
    ),
  };
}

describe.each(Object.values<Preset>(presets))('$title', (preset) => {
  const sites = preset.prefix.modes
    .filter((mode) => mode !== 'rewrite' && mode !== 'add')
    .map((mode): Site => {
      const site = defaultSite(preset.id as never, 'ci', 'ci.example.com');
      const path = preset.prefix.fixed ?? preset.prefix.suggestion ?? '/ci/';
      return {
        ...site,
        prefix:
          mode === 'none'
            ? { mode }
            : ({ mode, path, ...(mode === 'strip' ? { unstrippedPaths: [] } : {}) } as never),
      };
    });

  test('its example is valid', () => {
    const parsed = parseSite(parse(readFileSync(join(examples, `${preset.id}.yaml`), 'utf8')));
    expect(parsed.ok ? [] : parsed.error).toEqual([]);
    if (parsed.ok) expect(parsed.value.preset).toBe(preset.id);
  });

  test('the form’s first document is valid', () => {
    expect(parseSite(defaultSite(preset.id as never, 'ci', 'ci.example.com')).ok).toBe(true);
    for (const site of sites)
      expect(checkSite(site).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('its locations are ones that a document could hold', () => {
    for (const { why, ...location } of [...preset.locations, ...(preset.suggestions ?? [])]) {
      expect(Location.safeParse(location).success, why).toBe(true);
      expect(why).toMatch(/\w/);
    }
  });

  test('its checklist names real values and its probes are well-formed public paths', () => {
    for (const site of sites) {
      for (const item of preset.checklist(site)) {
        expect(`${item.title}${item.detail}${item.code ?? ''}${item.copy ?? ''}`).not.toMatch(
          /undefined|\[object|NaN/,
        );
      }
      const probes = siteProbes(site);
      for (const probe of probes) expect(ProbeSpec.safeParse(probe).success).toBe(true);
      expect(publicPath(site.prefix, preset.healthPath)).toMatch(/^\//);
    }
  });

  test('its checklist fits sites of every kind', () => {
    for (const site of sites) {
      const kinds: readonly Partial<Site>[] = [
        { tls: { mode: 'none' } },
        { appVersion: '0.1' },
        { httpsPort: 8443 },
        { upstreams: [{ ...main(site), servers: [{ socket: '/run/ci.sock', weight: 1, backup: false }] }] },
        { access: { ...site.access, auth: basic, userHeader: { name: 'X-User', value: '{user}' } } },
        withOffers(preset, site),
        ...(preset.prefix.modes.includes('rewrite') ? [rewritten] : []),
      ];
      for (const kind of kinds) {
        const text = preset
          .checklist({ ...site, ...kind })
          .flatMap((item) => Object.values(item))
          .join('\n');
        expect(text).not.toMatch(/undefined|\[object|NaN|\$\{/);
        expect(text, 'names the site itself').toContain('ci.example.com');
      }
    }
  });

  test('whatever the form offers makes a valid document', () => {
    for (const site of sites) {
      expect(errors({ ...site, ...withOffers(preset, site) })).toEqual([]);
      for (const { why: _, ...suggestion } of preset.suggestions ?? []) {
        const location = Location.parse(suggestion);
        expect(errors({ ...site, ...withOffers(preset, site), locations: [location] })).toEqual([]);
      }
    }
  });

  test('class “open bypass”: a preset by itself opens no header, no ending of a path and not everything', () => {
    const open = preset.locations.filter(({ access }) => access === 'bypass-auth');
    expect(open.filter(({ match }) => match.kind === 'header' || match.kind === 'suffix')).toEqual([]);
    expect(open.filter(({ match }) => match.kind === 'prefix' && match.path === '/')).toEqual([]);
  });

  test('the port behind the proxy is one that nobody else should reach', () => {
    const close = preset.ports.filter(({ exposure }) => exposure === 'close').map(({ port }) => port);
    if (preset.ports.length > 0) expect(close).toContain(preset.upstream.port);
  });

  test('no fact is without a reason, and the source of each is in the file', () => {
    const facts = [
      ...Object.values(preset.limits),
      preset.rawUri,
      preset.authorization,
      ...Object.values(preset.cookies),
    ];
    for (const fact of facts) expect(fact?.why).toMatch(/\w/);
  });
});

test('the guide names every preset', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/guide.md'), 'utf8').replace(
    /\s+/g,
    ' ',
  );
  const named = guide.slice(guide.indexOf('There are presets for '), guide.indexOf(' fit anything else.'));
  for (const { title } of Object.values(presets)) expect(named).toContain(title);
});

test('a header that says “https” is only sent where people use https', () => {
  const site = defaultSite('gitlab', 'ci', 'ci.example.com');
  const header = (change: Partial<Site>) =>
    resolve({ ...site, ...change }).vhosts[0]?.requestHeaders.find(({ name }) => name === 'X-Forwarded-Ssl');
  expect(header({})).toMatchObject({ op: 'set', value: [{ kind: 'text', text: 'on' }] });
  expect(header({ tls: { mode: 'none' } })).toMatchObject({ op: 'remove' });
});

test('the names that lists show are those that the CI servers have', () => {
  const titles = Object.values(presets).map(({ id, title }) => [id, title]);
  expect(presetTitles).toEqual(Object.fromEntries(titles));
});
