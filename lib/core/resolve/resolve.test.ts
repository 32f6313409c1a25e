import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLocation } from '../resolve/find-location';
import { parseSite } from '../rules/parse-site';
import { type Match, Site, type SiteInput } from '../site/schema';
import { fullSites } from '../site/testing/full-site';
import { resolve } from './resolve';
import type { ProxyAction, ResolvedLocation, ResolvedSite } from './resolved';

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '10.0.0.1', port: 8010 }] }],
};

const resolved = (change: Partial<SiteInput> = {}): ResolvedSite =>
  resolve(Site.parse({ ...base, ...change }));

function at(site: ResolvedSite, path: string): ResolvedLocation {
  const found = findLocation(site.vhosts[0]?.locations ?? [], path);
  if (!found) throw new Error(`no location for ${path}`);
  return found;
}

function proxy(site: ResolvedSite, path: string): ProxyAction {
  const { action } = at(site, path);
  if (action.kind !== 'proxy') throw new Error(`${path} is ${action.kind}`);
  return action;
}

const header = (action: ProxyAction, name: string) =>
  action.requestHeaders.find((entry) => entry.name.toLowerCase() === name.toLowerCase());

describe('limits', () => {
  test('location before site before preset before default', () => {
    const preset = resolved({ preset: 'jenkins' });
    expect(proxy(preset, '/').readTimeoutSeconds).toMatchObject({ value: 90, origin: { path: null } });
    const site = resolved({ preset: 'jenkins', limits: { readTimeoutSeconds: 33 } });
    expect(proxy(site, '/').readTimeoutSeconds).toMatchObject({
      value: 33,
      origin: { path: ['limits', 'readTimeoutSeconds'] },
    });
    const own = resolved({
      limits: { readTimeoutSeconds: 33 },
      locations: [{ match: { kind: 'prefix', path: '/x/' }, limits: { readTimeoutSeconds: 7 } }],
    });
    expect(proxy(own, '/x/y').readTimeoutSeconds).toMatchObject({
      value: 7,
      origin: { path: ['locations', 0, 'limits', 'readTimeoutSeconds'] },
    });
    expect(proxy(resolved(), '/').readTimeoutSeconds.value).toBe(60);
  });

  test('streams get time, and no buffer in their way', () => {
    const site = resolved({ preset: 'buildbot', limits: { readTimeoutSeconds: 5 } });
    expect(proxy(site, '/ws')).toMatchObject({
      readTimeoutSeconds: { value: 6000 },
      upgrade: { value: true },
    });
    expect(proxy(site, '/sse/listen')).toMatchObject({
      readTimeoutSeconds: { value: 6000 },
      responseBuffering: { value: false },
      upgrade: { value: false },
    });
    expect(proxy(site, '/')).toMatchObject({
      readTimeoutSeconds: { value: 5 },
      responseBuffering: { value: true },
    });
  });
});

describe('locations', () => {
  test('a location of one’s own takes the place of the preset’s, but not its secrets', () => {
    const site = resolved({
      preset: 'pipelit',
      locations: [{ match: { kind: 'prefix', path: '/ws/' }, class: 'http' }],
    });
    expect(at(site, '/ws/x')).toMatchObject({
      origin: { path: ['locations', 0] },
      maskQuery: { value: true },
    });
    expect(at(site, '/ws/executions/1/').action.kind).toBe('deny');
  });

  test('rules that only lift a sign-in are left out where there is none', () => {
    expect(
      resolved({ preset: 'gocd', prefix: { mode: 'fixed', path: '/go/' } }).vhosts[0]?.locations.length,
    ).toBeLessThan(8);
  });

  test('a half-written static location serves nothing rather than everything', () => {
    expect(
      at(resolved({ locations: [{ match: { kind: 'prefix', path: '/x/' }, class: 'static' }] }), '/x/y')
        .action,
    ).toMatchObject({ kind: 'deny' });
  });

  // Any set of locations: the order that we promise, and the one that nginx's own rules give, pick the same one.
  const paths = ['/', '/a', '/a/', '/a/b', '/a/b/', '/a/b/c', '/a/x/c', '/b/', '/b/c', '/c'];
  const match = fc.oneof(
    fc.constantFrom(...paths).map((path): Match => ({ kind: 'exact', path })),
    fc.constantFrom('/', '/a/', '/a/b/', '/b/').map((path): Match => ({ kind: 'prefix', path })),
    fc.constantFrom('/c', '/b', '/b/c').map((path): Match => ({ kind: 'suffix', path })),
    fc.constantFrom('/a/*', '/a/*/c', '/*').map((path): Match => ({ kind: 'segments', path })),
  );
  const locations = fc.array(fc.record({ match, class: fc.constantFrom('http' as const, 'deny' as const) }), {
    maxLength: 8,
  });

  test('first match wins is what nginx makes of the ranks', () => {
    fc.assert(
      fc.property(locations, fc.constantFrom(...paths), (list, path) => {
        const vhost = resolved({ locations: list }).vhosts[0];
        const all = vhost?.locations ?? [];
        expect(pickedByNginx(all, path)).toBe(findLocation(all, path));
        expect(all.at(-1)?.rank).toBe('any');
      }),
      { numRuns: 2000 },
    );
  });

  test('of two beginnings of one header the longer one is asked first, no matter who wrote which', () => {
    const starts = (list: SiteInput['locations'], preset: SiteInput['preset'] = 'generic') =>
      (resolved({ preset, ...(list && { locations: list }) }).vhosts[0]?.locations ?? []).flatMap(
        ({ match }) =>
          match.kind === 'header' ? [match.startsWith] : match.kind === 'suffix' ? [match.path] : [],
      );
    const grpc = (startsWith: string, name = 'Content-Type') => ({
      match: { kind: 'header', name, startsWith } as const,
    });
    const suffix = { match: { kind: 'suffix', path: '/log' } as const };
    expect(starts([grpc('application/grpc'), suffix, grpc('Application/grpc-web', 'content-type')])).toEqual([
      'Application/grpc-web',
      'application/grpc',
      '/log',
    ]);
    // The preset's own rule for gRPC-web, under a rule of the document for all of gRPC.
    expect(starts([grpc('application/grpc')], 'argocd')).toEqual([
      'application/grpc-web',
      'application/grpc',
    ]);
    // Beginnings that no request has both of, and other headers, stay as they were written.
    expect(starts([grpc('b'), grpc('aa'), grpc('bb', 'Accept')])).toEqual(['b', 'aa', 'bb']);
  });

  test('what a beginning of a header denies, no longer one opens', () => {
    const header = { kind: 'header', name: 'Content-Type' } as const;
    const site = resolved({
      preset: 'argocd',
      locations: [
        { match: { ...header, startsWith: 'application/grpc' }, class: 'deny' },
        { match: { ...header, startsWith: 'application/grpc-web-text' } },
      ],
    });
    for (const value of ['application/grpc', 'application/grpc-web', 'application/grpc-web-text'])
      expect(
        findLocation(site.vhosts[0]?.locations ?? [], '/x', { 'Content-Type': value })?.action.kind,
      ).toBe('deny');
  });

  test('what a prefix denies, no pattern opens', () => {
    fc.assert(
      fc.property(locations, (list) => {
        const site = resolved({
          locations: [
            { match: { kind: 'prefix', path: '/a/' }, class: 'deny' },
            ...list.filter(({ match: { kind } }) => kind === 'suffix' || kind === 'segments'),
          ],
        });
        for (const path of paths.filter((candidate) => candidate.startsWith('/a/')))
          expect(at(site, path).action.kind).toBe('deny');
      }),
    );
  });
});

/** nginx's rules: exact, then the longest prefix if it is marked, then patterns in order, then that longest prefix. */
function pickedByNginx(all: readonly ResolvedLocation[], path: string): ResolvedLocation | undefined {
  const matching = all.filter((location) => findLocation([location], path) !== undefined);
  const exact = matching.find(({ rank }) => rank === 'exact');
  if (exact) return exact;
  const length = ({ match }: ResolvedLocation) => (match.kind === 'prefix' ? match.path.length : 0);
  const [prefix] = matching
    .filter(({ rank }) => rank !== 'pattern' && rank !== 'exact')
    .sort((a, b) => length(b) - length(a));
  if (prefix?.rank === 'guarded') return prefix;
  return matching.find(({ rank }) => rank === 'pattern') ?? prefix;
}

describe('request headers', () => {
  const users = { mode: 'basic', realm: 'CI', usersFile: '/etc/users' } as const;

  test('{user} is nobody where nobody signed in', () => {
    const site = resolved({
      preset: 'buildbot',
      access: { auth: users, userHeader: { name: 'REMOTE_USER' } },
      requestHeaders: [{ op: 'set', name: 'X-Who', value: '{user}' }],
    });
    expect(header(proxy(site, '/'), 'REMOTE_USER')).toMatchObject({
      op: 'set',
      value: [{ kind: 'variable', name: 'user' }],
    });
    expect(header(proxy(site, '/change_hook/github'), 'REMOTE_USER')).toMatchObject({ op: 'remove' });
    expect(header(proxy(site, '/change_hook/github'), 'X-Who')).toMatchObject({ op: 'remove' });
    expect(header(proxy(site, '/'), 'Remote-User')).toMatchObject({ op: 'remove' });
  });

  test('the proxy’s password stays with the proxy, an application’s own passes', () => {
    const site = resolved({ preset: 'buildbot', access: { auth: users } });
    expect(header(proxy(site, '/'), 'Authorization')).toMatchObject({ op: 'remove' });
    expect(header(proxy(site, '/change_hook/github'), 'Authorization')).toBeUndefined();
    expect(
      header(
        proxy(resolved({ access: { auth: { ...users, passAuthorization: true } } }), '/'),
        'Authorization',
      ),
    ).toBeUndefined();
  });

  test('the proxy’s password reaches no path of an application that never reads one', () => {
    const change = {
      preset: 'laminar',
      upstreams: [...base.upstreams, { name: 'second', servers: [{ address: '10.0.0.2', port: 8010 }] }],
      locations: [
        { match: { kind: 'prefix', path: '/badge/' }, access: 'bypass-auth' },
        { match: { kind: 'prefix', path: '/open/' }, access: 'bypass' },
      ],
      extraHosts: [
        { purpose: 'open', hostnames: ['open.example.com'], upstream: 'second', access: 'bypass-auth' },
      ],
    } satisfies Partial<SiteInput>;
    const kept = (access: SiteInput['access']) =>
      resolved({ ...change, access }).vhosts.flatMap(({ locations: all }) =>
        all.flatMap(({ action }) =>
          action.kind === 'proxy' ? [header(action, 'Authorization')?.op ?? 'passes'] : [],
        ),
      );
    expect(new Set(kept({ auth: users }))).toEqual(new Set(['remove']));
    const either = kept({ auth: users, satisfy: 'any', ip: { allow: ['10.0.0.0/8'] } });
    expect(new Set(either)).toEqual(new Set(['remove']));
    // Without a password of the proxy, or where it is asked for, nothing is taken away.
    expect(new Set(kept({}))).toEqual(new Set(['passes']));
    expect(new Set(kept({ auth: { ...users, passAuthorization: true } }))).toEqual(new Set(['passes']));
  });

  test('no name comes twice, and locations that send the same share one list', () => {
    const site = resolved({
      preset: 'buildbot',
      requestHeaders: [{ op: 'set', name: 'x-real-ip', value: 'mine' }],
    });
    for (const { action } of site.vhosts[0]?.locations ?? []) {
      if (action.kind !== 'proxy') continue;
      const names = action.requestHeaders.map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect(action.requestHeaders).toBe(site.vhosts[0]?.requestHeaders);
    }
    expect(header(proxy(site, '/'), 'X-Real-IP')).toMatchObject({ value: [{ kind: 'text', text: 'mine' }] });
  });

  test('behind something that ends TLS the application hears of https and its port', () => {
    const site = resolved({ tls: { mode: 'none' }, publicAddress: { scheme: 'https', port: 8443 } });
    expect(site.publicUrl).toBe('https://ci.example.com:8443/');
    expect(header(proxy(site, '/'), 'X-Forwarded-Proto')).toMatchObject({ value: [{ text: 'https' }] });
    expect(header(proxy(site, '/'), 'X-Forwarded-Port')).toMatchObject({ value: [{ text: '8443' }] });
    expect(proxy(site, '/').host.value).toEqual([
      { kind: 'variable', name: 'host' },
      { kind: 'text', text: ':8443' },
    ]);
    expect(site.vhosts.map(({ id }) => id)).toEqual(['main']);
  });
});

describe('origins', () => {
  test('every field that is named as a reason exists in the document', () => {
    for (const input of fullSites) {
      const parsed = parseSite(input);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
      const paths: (readonly (string | number)[])[] = [];
      JSON.stringify(resolve(parsed.value), (key, value) => {
        if (key === 'origin' && value.path !== null) paths.push(value.path);
        return value;
      });
      expect(paths.length).toBeGreaterThan(50);
      for (const path of paths) {
        const parent = path
          .slice(0, -1)
          .reduce<unknown>(
            (value, part) => (value as Record<string, unknown> | undefined)?.[part],
            parsed.value,
          );
        expect(parent, path.join('.')).toBeTypeOf('object');
      }
    }
  });

  test('the same document gives the same model', () => {
    for (const input of fullSites) {
      expect(JSON.stringify(resolve(Site.parse(input)))).toBe(JSON.stringify(resolve(Site.parse(input))));
    }
  });
});
