import { expect, test } from 'vitest';
import type { SiteInput } from '../../../site/schema';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, request } from '../raw-client';
import { onStage, siteInput } from '../stage';

const name = 'ci.example.com';

/** Paths that a web server likes to tidy up, which breaks branch names, package scopes and test names. */
const odd = [
  'a%2Fb',
  'a%252Fb',
  'x//y',
  'test[1]',
  'a%20b',
  'a%3Ab',
  'a+b',
  '%C3%A4',
  'a%2Fb?q=%2F&r=a%20b',
  'a;v=1',
  '.teamcity/x:y',
  'a%5Cb',
  '@scope%2Fpkg',
];

/** How public paths become the application's, byte for byte. */
export function pathScenarios(driver: ServerDriver): void {
  // Where Caddy changes a path that has no escapes, it adds some; the issue caddy.path-characters says so.
  const mapped = (path: string) => {
    const [before = '', ...query] = path.split('?');
    if (driver.kind !== 'caddy' || before.includes('%')) return path;
    const escaped = before.replaceAll(
      /[!'()*[\]]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return [escaped, ...query].join('?');
  };
  const modes: readonly {
    title: string;
    prefix: NonNullable<SiteInput['prefix']>;
    from: string;
    to: string;
  }[] = [
    { title: 'none', prefix: { mode: 'none' }, from: '/', to: '/' },
    { title: 'keep', prefix: { mode: 'keep', path: '/jen.kins/' }, from: '/jen.kins/', to: '/jen.kins/' },
    { title: 'strip', prefix: { mode: 'strip', path: '/build+bot/' }, from: '/build+bot/', to: '/' },
    {
      title: 'add',
      prefix: { mode: 'add', path: '/repository/docker/' },
      from: '/',
      to: '/repository/docker/',
    },
    {
      title: 'rewrite',
      prefix: { mode: 'rewrite', rules: [{ from: '/api/', to: '/api/tenant/acme/' }] },
      from: '/api/',
      to: '/api/tenant/acme/',
    },
  ];

  for (const { title, prefix, from, to } of modes) {
    test(`prefix mode ${title}: the path arrives byte for byte, apart from the prefix`, () =>
      onStage(
        driver,
        (places) => [siteInput(places, { preset: 'generic', rawUri: true, prefix })],
        async ({ secure, seenBy }) => {
          for (const path of odd) {
            const seen = await seenBy(secure(name), { target: from + path, host: name });
            expect(seen.line).toBe(`GET ${to}${from === to ? path : mapped(path)} HTTP/1.1`);
          }
        },
      ));
  }

  test('a stripped prefix works without the raw flag, and the application is told of it', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot', prefix: { mode: 'strip', path: '/buildbot/' } })],
      async ({ secure, seenBy }) => {
        for (const path of ['', 'api/v2/', 'sse/listen/builds/*/*?x=1', 'ws?y=2']) {
          const seen = await seenBy(secure(name), { target: `/buildbot/${path}`, host: name });
          expect(seen.line).toBe(`GET /${mapped(path)} HTTP/1.1`);
          expect(values(seen.headers, 'x-forwarded-prefix')).toEqual(['/buildbot']);
        }
      },
    ));

  test('nothing outside of a prefix reaches the application, and the way in is shown', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot', prefix: { mode: 'strip', path: '/buildbot/' } })],
      async ({ secure, upstream }) => {
        const bare = await request(secure(name), { target: '/buildbot?a=b', host: name });
        expect(bare.status).toBe(308);
        expect(values(bare.headers, 'location')[0]).toMatch(
          /^(?:https:\/\/ci\.example\.com(?::\d+)?)?\/buildbot\/\?a=b$/,
        );
        const root = await request(secure(name), { target: '/', host: name });
        expect(root.status).toBe(302);
        for (const target of [
          '/other',
          '/buildbotx/',
          '/ws',
          '/api/v2/',
          '/buildbot/../api',
          '/buildbot/%2e%2e/api',
        ]) {
          expect((await request(secure(name), { target, host: name })).status, target).toBeGreaterThanOrEqual(
            400,
          );
        }
        expect(upstream.seen).toEqual([]);
      },
    ));

  test('a prefix written in another way never reaches the application unstripped', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, { preset: 'generic', rawUri: true, prefix: { mode: 'strip', path: '/app/' } }),
      ],
      async ({ secure, upstream }) => {
        for (const target of ['/%61pp/x', '//app/x', '/x/../app/y', '/./app/x']) {
          await exchange(
            secure(name),
            `GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
          );
        }
        for (const { line } of upstream.seen) expect(line).toMatch(/^GET \/[xy] HTTP/);
      },
    ));

  test('root paths that bypass a stripped prefix arrive as they are', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          prefix: { mode: 'strip', path: '/git/', unstrippedPaths: ['/v2/'] },
        }),
      ],
      async ({ secure, seenBy }) => {
        expect((await seenBy(secure(name), { target: '/v2/a%2Fb', host: name })).line).toBe(
          'GET /v2/a%2Fb HTTP/1.1',
        );
        expect((await seenBy(secure(name), { target: '/git/v2/x', host: name })).line).toBe(
          'GET /v2/x HTTP/1.1',
        );
      },
    ));

  test('redirects and cookies of an application that does not know its prefix come out right', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot', prefix: { mode: 'strip', path: '/buildbot/' } })],
      async ({ secure, https }) => {
        const redirect = async (location: string) => {
          const reply = await request(secure(name), {
            target: '/buildbot/x',
            host: name,
            headers: [
              ['X-Answer-Status', '302 Found'],
              ['X-Answer-Header', `Location: ${location}`],
            ],
          });
          const [value = ''] = values(reply.headers, 'location');
          return value.replace(`https://${name}:${https}/`, '/');
        };
        expect(await redirect('/login')).toBe('/buildbot/login');
        expect(await redirect('/buildbot/login')).toBe('/buildbot/login');
        expect(await redirect(`https://${name}:${https}/buildbot/a`)).toBe('/buildbot/a');
        expect(await redirect(`http://${name}:${https}/a`)).toBe('/buildbot/a');
        expect(await redirect('https://elsewhere.example/a')).toBe('https://elsewhere.example/a');
        const cookie = async (text: string) => {
          const reply = await request(secure(name), {
            target: '/buildbot/x',
            host: name,
            headers: [['X-Answer-Header', `Set-Cookie: ${text}`]],
          });
          return values(reply.headers, 'set-cookie')[0];
        };
        expect(await cookie('TWISTED_SESSION=1; Path=/')).toMatch(/;\s*Path=\/buildbot\/(?:;|$)/i);
        expect(await cookie('TWISTED_SESSION=1; Path=/buildbot')).toMatch(/;\s*Path=\/buildbot(?:;|$)/i);
        expect(await cookie('TWISTED_SESSION=1; Path=/buildbot/x')).toMatch(/;\s*Path=\/buildbot\/x(?:;|$)/i);
        expect(await cookie('TWISTED_SESSION=1; Path=/')).toMatch(/;\s*Secure/i);
        expect(await cookie('TWISTED_SESSION=1; Path=/')).toMatch(/;\s*HttpOnly/i);
      },
    ));
}
