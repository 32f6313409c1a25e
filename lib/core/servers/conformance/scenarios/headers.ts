import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { request } from '../raw-client';
import { onStage, siteInput } from '../stage';
import { usersFile } from '../users-file';

const name = 'ci.example.com';

/** What the application is told about the request, and what it can no longer be told by anybody else. */
export function headerScenarios(driver: ServerDriver): void {
  test('the application sees public host, port, scheme and the client, once each', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic' })],
      async ({ secure, seenBy, https }) => {
        const seen = await seenBy(secure(name), { target: '/x', host: `${name}:${https}` });
        expect(values(seen.headers, 'host')).toEqual([`${name}:${https}`]);
        expect(values(seen.headers, 'x-forwarded-host')).toEqual([`${name}:${https}`]);
        expect(values(seen.headers, 'x-forwarded-port')).toEqual([String(https)]);
        expect(values(seen.headers, 'x-forwarded-proto')).toEqual(['https']);
        expect(values(seen.headers, 'x-forwarded-for')).toEqual(['127.0.0.1']);
        expect(values(seen.headers, 'x-real-ip')).toEqual(['127.0.0.1']);
      },
    ));

  test('a client cannot forge any header that the application believes', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'jenkins', publicAddress: { scheme: 'https', port: 443 } })],
      async ({ secure, seenBy }) => {
        const forged = [
          'X-Forwarded-For',
          'X-Forwarded-Host',
          'X-Forwarded-Port',
          'X-Forwarded-Proto',
          'X-Forwarded-Prefix',
          'X-Forwarded-Ssl',
          'X-Forwarded-User',
          'X-Forwarded-Groups',
          'X-Real-IP',
          'X-Original-URL',
          'X-Rewrite-URL',
          'Forwarded',
          'Proxy',
        ];
        const seen = await seenBy(secure(name), {
          target: '/login',
          host: name,
          headers: forged.flatMap((header) => [
            [header, 'forged'] as const,
            [header.toLowerCase(), 'forged'] as const,
          ]),
        });
        expect(seen.headers.filter(([, value]) => value.includes('forged'))).toEqual([]);
        expect(values(seen.headers, 'host')).toEqual([name]);
        expect(values(seen.headers, 'x-forwarded-host')).toEqual([name]);
      },
    ));

  test('no spelling of a header with - or _ signs anybody in or moves a client, on paths without a sign-in either', () =>
    onStage(
      driver,
      async (places) => [
        siteInput(places, {
          preset: 'generic',
          access: {
            auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) },
            userHeader: { name: 'X-Remote-User' },
          },
          requestHeaders: [{ op: 'set', name: 'X-Scope-Org-Id', value: 'ours' }],
          locations: [
            { match: { kind: 'prefix', path: '/hook/' }, access: 'bypass' },
            {
              match: { kind: 'prefix', path: '/own/' },
              access: 'bypass-auth',
              requestHeaders: [{ op: 'set', name: 'X-Own_Header', value: 'ours' }],
            },
          ],
        }),
      ],
      async ({ secure, seenBy }) => {
        const names = ['X-Remote-User', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'X-Original-URL'];
        const own = ['X-Scope-Org-Id', 'X-Own-Header'];
        for (const target of ['/hook/x', '/own/x']) {
          const forged = [...names, ...(target === '/own/x' ? own : own.slice(0, 1))].flatMap(everySpelling);
          const seen = await seenBy(secure(name), {
            target,
            host: name,
            headers: forged.map((header) => [header, 'forged'] as const),
          });
          expect(seen.headers.filter(([, value]) => value.includes('forged'))).toEqual([]);
          expect(values(seen.headers, 'x-scope-org-id')).toEqual(['ours']);
          if (target === '/own/x') expect(values(seen.headers, 'x-own_header')).toEqual(['ours']);
        }
      },
    ));

  test('headers that are nobody’s business pass unchanged', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic' })],
      async ({ secure, seenBy }) => {
        const seen = await seenBy(secure(name), {
          target: '/',
          host: name,
          headers: [
            ['Authorization', 'Bearer abc'],
            ['Origin', 'https://ci.example.com'],
            ['X-TC-CSRF-Token', 'tok en'],
            ['Cookie', 'a=b; c="d"'],
          ],
        });
        expect(values(seen.headers, 'authorization')).toEqual(['Bearer abc']);
        expect(values(seen.headers, 'origin')).toEqual(['https://ci.example.com']);
        expect(values(seen.headers, 'x-tc-csrf-token')).toEqual(['tok en']);
        expect(values(seen.headers, 'cookie')).toEqual(['a=b; c="d"']);
      },
    ));

  test('header rules arrive literally, with placeholders filled in, in every location', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'buildbot',
          requestHeaders: [
            { op: 'set', name: 'X-Base', value: '{public_url}' },
            { op: 'remove', name: 'X-Gone' },
          ],
        }),
      ],
      async ({ secure, seenBy, https }) => {
        for (const target of ['/', '/sse/listen']) {
          const seen = await seenBy(secure(name), { target, host: name, headers: [['X-Gone', 'here']] });
          expect(values(seen.headers, 'x-base')).toEqual([`https://${name}:${https}/`]);
          expect(values(seen.headers, 'x-gone')).toEqual([]);
        }
      },
    ));

  test('a literal value keeps every character that means something to a web server', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          requestHeaders: [
            { op: 'set', name: 'X-Odd', value: literal.replaceAll('{', '{{').replaceAll('}', '}}') },
          ],
          responseHeaders: [
            { op: 'set', name: 'X-Odd-Too', value: literal.replaceAll('{', '{{').replaceAll('}', '}}') },
          ],
        }),
      ],
      async ({ secure }) => {
        const reply = await request(secure(name), { target: '/', host: name });
        expect(values(JSON.parse(reply.body).headers, 'x-odd')).toEqual([literal]);
        expect(values(reply.headers, 'x-odd-too')).toEqual([literal]);
      },
    ));

  test('with own Host the upstream sees its name and redirects come back to the public one', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic', hostHeader: 'upstream' })],
      async ({ secure, seenBy, app }) => {
        const seen = await seenBy(secure(name), { target: '/', host: name });
        expect(values(seen.headers, 'host')).toEqual([`127.0.0.1:${app}`]);
        const reply = await request(secure(name), {
          target: '/',
          host: name,
          headers: [
            ['X-Answer-Status', '302 Found'],
            ['X-Answer-Header', `Location: http://127.0.0.1:${app}/login`],
          ],
        });
        expect(values(reply.headers, 'location')[0]).toMatch(
          /^(?:https:\/\/ci\.example\.com(?::\d+)?)?\/login$/,
        );
      },
    ));

  test('response rules replace the application’s headers, on error pages too', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          limits: { bodySizeMib: 1 },
          responseHeaders: [
            { op: 'set', name: 'X-Frame-Options', value: 'DENY' },
            { op: 'remove', name: 'X-Powered-By' },
          ],
        }),
      ],
      async ({ secure }) => {
        const headers = [
          ['X-Answer-Header', 'X-Frame-Options: SAMEORIGIN'],
          ['X-Answer-Header', 'X-Powered-By: a toaster'],
        ] as const;
        const reply = await request(secure(name), { target: '/', host: name, headers: [headers[0]] });
        expect(values(reply.headers, 'x-frame-options')).toEqual(['DENY']);
        const second = await request(secure(name), { target: '/', host: name, headers: [headers[1]] });
        expect(values(second.headers, 'x-powered-by')).toEqual([]);
        const refused = await request(secure(name), {
          method: 'POST',
          target: '/',
          host: name,
          body: Buffer.alloc(2 << 20),
        });
        expect(refused.status).toBe(413);
        expect(values(refused.headers, 'x-frame-options')).toEqual(['DENY']);
      },
    ));
}

const literal = `a $host \${b} "c" 'd' \\ \\n \\" %{e}f %h ; #g {h} %20 {{ $1 $$ \`i\` <j> end\\`;

/** A header name with each of its separators as a dash and as an underscore. */
function everySpelling(header: string): string[] {
  const [first = '', ...rest] = header.split(/[-_]/);
  return rest.reduce(
    (names, part) => names.flatMap((known) => [`${known}-${part}`, `${known}_${part}`]),
    [first],
  );
}
