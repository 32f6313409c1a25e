import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, request, upgrade } from '../raw-client';
import { onStage, onStageOr, siteInput } from '../stage';
import { alice, usersFile } from '../users-file';

const name = 'ci.example.com';
const mallory = ['Authorization', `Basic ${Buffer.from('root:wrong').toString('base64')}`] as const;

/** Who gets in, and what the application hears about it. */
export function accessScenarios(driver: ServerDriver): void {
  test('basic sign-in covers every location but the bypassed ones, and says who it was', () =>
    onStage(
      driver,
      async (places) => [
        siteInput(places, {
          preset: 'buildbot',
          access: {
            auth: {
              mode: 'basic',
              realm: `CI's "team"`.replaceAll('"', ''),
              usersFile: await usersFile(places, driver),
            },
            userHeader: { name: 'REMOTE_USER' },
          },
        }),
      ],
      async ({ secure, seenBy, upstream }) => {
        for (const target of ['/', '/sse/listen', '/ws', '/api/v2', '/change_hook', '/%63hange_hookx']) {
          const reply = await request(secure(name), { target, host: name });
          expect([301, 308, 401], target).toContain(reply.status);
        }
        expect((await upgrade(secure(name), { target: '/ws', host: name }, 'x')).status).toBe(401);
        expect((await request(secure(name), { target: '/', host: name, headers: [mallory] })).status).toBe(
          401,
        );
        expect(upstream.seen).toEqual([]);

        const signedIn = await seenBy(secure(name), {
          target: '/',
          host: name,
          headers: [alice, ['REMOTE_USER', 'root'], ['Remote-User', 'root']],
        });
        expect(values(signedIn.headers, 'REMOTE_USER')).toEqual(['alice']);
        expect(values(signedIn.headers, 'Remote-User')).toEqual([]);
        expect(values(signedIn.headers, 'authorization')).toEqual([]);

        const hook = await seenBy(secure(name), {
          target: '/change_hook/github',
          host: name,
          headers: [mallory, ['REMOTE_USER', 'root'], ['Remote-User', 'root']],
        });
        expect(values(hook.headers, 'REMOTE_USER')).toEqual([]);
        expect(values(hook.headers, 'Remote-User')).toEqual([]);
        expect(values(hook.headers, 'authorization')).toEqual([mallory[1]]);
      },
    ));

  test('a path that climbs never reaches the application, whichever location it seems to be for', () =>
    onStage(
      driver,
      async (places) => [
        siteInput(places, {
          preset: 'generic',
          rawUri: true,
          access: { auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) } },
          locations: [{ match: { kind: 'prefix', path: '/hook/' }, access: 'bypass-auth' }],
        }),
      ],
      async ({ secure, upstream, seenBy }) => {
        const targets = [
          '/admin/..%2fhook/x',
          '/admin/%2e%2e/hook/x',
          '/admin/.%2e%2Fhook/x',
          '/admin/..%5chook/x',
          '/admin/../hook/x',
          '/admin/a/..%2f..%2fhook/x',
          '/hook/..%2fadmin',
          '/hook/..;/admin',
          '/hook/..;x=y/admin',
          '/hook/%252e%252e%252fadmin',
          '/hook/%2e%2e%3b/admin',
          '/hook/..',
        ];
        for (const target of targets) {
          const reply = await exchange(
            secure(name),
            `GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
          );
          expect(reply.status, target).toBeGreaterThanOrEqual(400);
        }
        expect(upstream.seen).toEqual([]);
        for (const target of [
          '/hook/a..b',
          '/hook/..a/x',
          '/hook/a../x',
          '/hook/.teamcity/x',
          '/hook/...',
          '/hook/x?back=/../y',
        ]) {
          expect((await seenBy(secure(name), { target, host: name })).line).toBe(`GET ${target} HTTP/1.1`);
        }
      },
    ));

  test('address rules hold, deny before allow', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          access: { ip: { deny: ['127.0.0.1'], allow: ['127.0.0.0/8'] } },
        }),
        siteInput(places, {
          preset: 'generic',
          name: 'b',
          hostnames: ['b.example.com'],
          access: { ip: { allow: ['127.0.0.0/8', '::1'] } },
        }),
        siteInput(places, {
          preset: 'generic',
          name: 'c',
          hostnames: ['c.example.com'],
          access: { ip: { allow: ['10.0.0.0/8'] } },
          locations: [{ match: { kind: 'prefix', path: '/hook/' }, access: 'bypass' }],
        }),
      ],
      async ({ secure }) => {
        const status = async (host: string, target = '/') =>
          (await request(secure(host), { target, host })).status;
        expect(await status(name)).toBe(403);
        expect(await status('b.example.com')).toBe(200);
        expect(await status('c.example.com')).toBe(403);
        expect(await status('c.example.com', '/hook/x')).toBe(200);
      },
    ));

  test('with “any” an allowed address or a sign-in is enough', () =>
    onStage(
      driver,
      async (places) => {
        const auth = { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) } as const;
        return [
          siteInput(places, {
            preset: 'generic',
            access: { auth, satisfy: 'any', ip: { allow: ['127.0.0.1'] } },
          }),
          siteInput(places, {
            preset: 'generic',
            name: 'far',
            hostnames: ['far.example.com'],
            access: { auth, satisfy: 'any', ip: { allow: ['10.0.0.0/8'] } },
          }),
        ];
      },
      async ({ secure }) => {
        expect((await request(secure(name), { target: '/', host: name })).status).toBe(200);
        const far = (headers: readonly (readonly [string, string])[]) =>
          request(secure('far.example.com'), { target: '/', host: 'far.example.com', headers });
        expect((await far([])).status).toBe(401);
        expect((await far([alice])).status).toBe(200);
      },
    ));

  test('forward authentication asks the sign-in service and passes on what it says', () =>
    onStageOr(
      driver,
      { apache: 'apache.forward-auth' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: places.app }] },
            { name: 'sso', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          access: { auth: { mode: 'forward', upstream: 'sso', path: '/check', copyHeaders: ['X-User'] } },
          locations: [{ match: { kind: 'prefix', path: '/hook/' }, access: 'bypass-auth' }],
        }),
      ],
      async ({ secure, seenBy, second, upstream }) => {
        const good = await seenBy(secure(name), {
          target: '/page',
          host: name,
          headers: [
            ['X-User', 'forged'],
            ['X-Answer-Header', 'X-User: alice'],
          ],
        });
        expect(values(good.headers, 'x-user')).toEqual(['alice']);
        expect(second.seen[0]?.line).toMatch(/^GET \/check[? ]/);
        const before = upstream.seen.length;
        const refused = await request(secure(name), {
          target: '/page',
          host: name,
          headers: [['X-Answer-Status', '401 Unauthorized']],
        });
        expect(refused.status).toBe(401);
        expect(upstream.seen.length).toBe(before);
        const hook = await seenBy(secure(name), {
          target: '/hook/x',
          host: name,
          headers: [['X-User', 'forged']],
        });
        expect(values(hook.headers, 'x-user')).toEqual([]);
      },
    ));
}
