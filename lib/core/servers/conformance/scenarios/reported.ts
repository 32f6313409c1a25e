import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, request } from '../raw-client';
import { onStage, onStageOr, siteInput } from '../stage';

const name = 'ci.example.com';

/** What people reported of other set-ups of this kind: each was a default of one web server that nobody had asked for. */
export function reportedScenarios(driver: ServerDriver): void {
  test('an answer of a sign-in service with 12 KiB of cookies arrives', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic' })],
      async ({ secure }) => {
        const cookie = `Set-Cookie: session=${'x'.repeat(12_000)}`;
        const reply = await request(secure(name), {
          target: '/callback',
          host: name,
          headers: [
            ['X-Answer-Status', '302 Found'],
            ['X-Answer-Header', cookie],
          ],
        });
        expect(reply.status).toBe(302);
        expect(values(reply.headers, 'set-cookie')[0]?.length).toBe(cookie.length - 'Set-Cookie: '.length);
      },
    ));

  test('a request line of 20,000 characters arrives whole', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'grafana' })],
      async ({ secure, seenBy }) => {
        const target = `/api/v1/query?q=${'a'.repeat(20_000)}`;
        expect((await seenBy(secure(name), { target, host: name })).line).toBe(`GET ${target} HTTP/1.1`);
      },
    ));

  test('POST to a path without its last slash reaches the application', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          locations: [{ match: { kind: 'prefix', path: '/api/' } }],
        }),
      ],
      async ({ secure, seenBy }) => {
        const seen = await seenBy(secure(name), {
          method: 'POST',
          target: '/api',
          host: name,
          body: Buffer.from('x=1'),
        });
        expect([seen.line, seen.bodyLength]).toEqual(['POST /api HTTP/1.1', 3]);
      },
    ));

  test('an upstream of its own is told its own name, and its redirects are led back', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          hostHeader: 'upstream',
          upstreams: [
            { servers: [{ address: 'localhost', port: places.app }] },
            { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          locations: [{ match: { kind: 'prefix', path: '/two/' }, upstream: 'second' }],
        }),
      ],
      async ({ secure, seenBy, app, other }) => {
        const host = async (target: string) =>
          values((await seenBy(secure(name), { target, host: name })).headers, 'host');
        expect(await host('/two/')).toEqual([`127.0.0.1:${other}`]);
        expect(await host('/one')).toEqual([`localhost:${app}`]);
        const redirect = async (target: string, to: string) =>
          values(
            (
              await request(secure(name), {
                target,
                host: name,
                headers: [
                  ['X-Answer-Status', '302 Found'],
                  ['X-Answer-Header', `Location: ${to}`],
                ],
              })
            ).headers,
            'location',
          )[0]?.replace(/^https:\/\/ci\.example\.com(?::\d+)?/, '');
        expect(await redirect('/two/', `http://127.0.0.1:${other}/two/login`)).toBe('/two/login');
        expect(await redirect('/one', `http://localhost:${app}/login`)).toBe('/login');
      },
    ));

  test('a forwarded address with a port is the client, and one that cannot be read is nobody', () =>
    onStageOr(
      driver,
      { caddy: 'caddy.addresses-behind-proxy' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          trustedProxies: ['127.0.0.0/8'],
          access: { ip: { allow: ['127.0.0.0/8', '203.0.113.0/24', '2001:db8::/32'] } },
        }),
      ],
      async ({ secure, upstream }) => {
        const ask = async (forwarded: string) =>
          (
            await request(secure(name), {
              target: '/x',
              host: name,
              headers: [['X-Forwarded-For', forwarded]],
            })
          ).status;
        for (const known of [
          '203.0.113.7',
          '203.0.113.7:5123',
          '[2001:db8::1]:444',
          '9.9.9.9, 203.0.113.7:1',
        ])
          expect([known, await ask(known)]).toEqual([known, 200]);
        for (const stranger of [
          '198.51.100.7',
          '198.51.100.7:5123',
          '[2001:db9::1]:444',
          '203.0.113.7, 198.51.100.7:1',
        ])
          expect([stranger, await ask(stranger)]).toEqual([stranger, 403]);
        for (const nobody of [
          'unknown',
          '203.0.113.7, unknown',
          'unknown, 127.0.0.5',
          '_hidden',
          '203.0.113.7.evil',
        ])
          expect([nobody, await ask(nobody)]).toEqual([nobody, 400]);
        // The balancer's own question.
        expect((await request(secure(name), { target: '/x', host: name })).status).toBe(200);
        expect(upstream.seen.map(({ headers }) => values(headers, 'x-real-ip')[0])).toEqual([
          '203.0.113.7',
          '203.0.113.7',
          '2001:db8::1',
          '203.0.113.7',
          '127.0.0.1',
        ]);
      },
    ));

  test('behind a balancer that writes ports the application is told the address alone', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic', trustedProxies: ['127.0.0.0/8'] })],
      async ({ secure, seenBy }) => {
        for (const [forwarded, client] of [
          ['203.0.113.7:5123', '203.0.113.7'],
          ['[2001:db8::1]:444', '2001:db8::1'],
          ['2001:db8::2', '2001:db8::2'],
        ] as const) {
          const seen = await seenBy(secure(name), {
            target: '/x',
            host: name,
            headers: [['X-Forwarded-For', forwarded]],
          });
          expect(values(seen.headers, 'x-real-ip')).toEqual([client]);
        }
      },
    ));

  test('a collected request body has a length', () =>
    onStageOr(
      driver,
      { caddy: 'caddy.request-buffering' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          locations: [
            { match: { kind: 'prefix', path: '/needs-length/' }, class: 'upload', requestBuffering: true },
          ],
        }),
      ],
      async ({ secure }) => {
        const reply = await exchange(
          secure(name),
          `POST /needs-length/ HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
        );
        expect(reply.status).toBe(200);
        const { headers, bodyLength } = JSON.parse(reply.body);
        expect([values(headers, 'content-length'), bodyLength]).toEqual([['5'], 5]);
      },
    ));

  test('a body over 1 MiB passes a question about sign-in', () =>
    onStageOr(
      driver,
      { apache: 'apache.forward-auth' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: places.app }] },
            { name: 'auth', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          access: { auth: { mode: 'forward', upstream: 'auth', path: '/check' } },
        }),
      ],
      async ({ secure, seenBy }) => {
        const body = Buffer.alloc(3 << 20, 'x');
        const seen = await seenBy(secure(name), { method: 'POST', target: '/up', host: name, body });
        expect(seen.bodyLength).toBe(body.length);
      },
    ));
}
