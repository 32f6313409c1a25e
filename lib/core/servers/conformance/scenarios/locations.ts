import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, request, upgrade } from '../raw-client';
import { onStage, siteInput } from '../stage';

const name = 'ci.example.com';

/** Which rule a request falls under. */
export function locationScenarios(driver: ServerDriver): void {
  test('a denied prefix stays denied, however its path is written', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'pipelit',
          locations: [{ match: { kind: 'suffix', path: '/open' }, class: 'ws' }],
        }),
      ],
      async ({ secure, upstream }) => {
        for (const target of [
          '/ws/executions/1/',
          '/ws/executions/open',
          '/ws//executions/1/',
          '/ws/%65xecutions/1/',
          '/ws/./executions/1/',
          '/ws/x/../executions/1/',
          '//ws/executions/1/',
          '/ws/executions/1/?a=b',
        ]) {
          const reply = await exchange(
            secure(name),
            `GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
          );
          expect(reply.status, target).toBeGreaterThanOrEqual(400);
          expect((await upgrade(secure(name), { target, host: name }, 'x')).status, target).not.toBe(101);
        }
        expect(upstream.seen).toEqual([]);
      },
    ));

  test('exact, suffix, segment and header matches pick their location', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: places.app }] },
            { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          locations: [
            { match: { kind: 'exact', path: '/exact.path' }, upstream: 'second' },
            { match: { kind: 'suffix', path: '/hijack' }, upstream: 'second' },
            { match: { kind: 'segments', path: '/jobs/*/ws' }, upstream: 'second' },
            {
              match: { kind: 'header', name: 'Accept', startsWith: 'text/event-stream' },
              upstream: 'second',
            },
            { match: { kind: 'prefix', path: '/deep/er/' }, upstream: 'second' },
          ],
        }),
      ],
      async ({ secure }) => {
        const upstreamOf = async (target: string, headers: readonly (readonly [string, string])[] = []) =>
          JSON.parse((await request(secure(name), { target, host: name, headers })).body).upstream;
        for (const target of [
          '/exact.path',
          '/exact.path?q',
          '/a/b/hijack',
          '/hijack',
          '/jobs/7/ws',
          '/jobs/a%20b/ws',
          '/deep/er/x',
          '/deep/er/',
        ])
          expect(await upstreamOf(target), target).toBe('second');
        for (const target of [
          '/exactXpath',
          '/exact.path/',
          '/hijackx',
          '/a/hijack/',
          '/jobs/7/8/ws',
          '/jobs//ws2',
          '/jobs/7/wsx',
          '/deep/',
          '/deep/erx',
        ])
          expect(await upstreamOf(target), target).toBe('main');
        expect(await upstreamOf('/log', [['Accept', 'text/event-stream, */*']])).toBe('second');
        expect(await upstreamOf('/log', [['Accept', 'text/html']])).toBe('main');
        expect(await upstreamOf('/log', [['X-Accept', 'text/event-stream']])).toBe('main');
      },
    ));

  test('header and pattern matches keep odd paths under a stripped prefix', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          rawUri: true,
          prefix: { mode: 'strip', path: '/app/' },
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: places.app }] },
            { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          locations: [
            { match: { kind: 'suffix', path: '/log' }, upstream: 'second' },
            {
              match: { kind: 'header', name: 'Accept', startsWith: 'text/event-stream' },
              upstream: 'second',
            },
          ],
        }),
      ],
      async ({ secure }) => {
        const seen = async (target: string, headers: readonly (readonly [string, string])[]) =>
          JSON.parse((await request(secure(name), { target, host: name, headers })).body);
        const stream = [['Accept', 'text/event-stream']] as const;
        expect(await seen('/app/a%2Fb//c?q=%2F', stream)).toMatchObject({
          upstream: 'second',
          line: 'GET /a%2Fb//c?q=%2F HTTP/1.1',
        });
        expect(await seen('/app/a%2Fb/log?x', [])).toMatchObject({
          upstream: 'second',
          line: 'GET /a%2Fb/log?x HTTP/1.1',
        });
        expect(await seen('/app/a%2Fb', [])).toMatchObject({ upstream: 'main', line: 'GET /a%2Fb HTTP/1.1' });
      },
    ));

  test('static files come from their directory and from nowhere else', () =>
    onStage(
      driver,
      async (places) => {
        await mkdir(`${places.directory}/files/sub`, { recursive: true });
        await writeFile(`${places.directory}/files/sub/a.txt`, 'hello');
        await writeFile(`${places.directory}/outside.txt`, 'secret');
        return [
          siteInput(places, {
            preset: 'generic',
            locations: [
              {
                match: { kind: 'prefix', path: '/archive/' },
                class: 'static',
                directory: `${places.directory}/files`,
              },
            ],
          }),
        ];
      },
      async ({ secure, upstream }) => {
        const reply = await request(secure(name), { target: '/archive/sub/a.txt', host: name });
        expect([reply.status, reply.body]).toEqual([200, 'hello']);
        for (const target of [
          '/archive../outside.txt',
          '/archive/../outside.txt',
          '/archive/%2e%2e/outside.txt',
          '/archive/..%2foutside.txt',
        ]) {
          const other = await exchange(
            secure(name),
            `GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
          );
          expect(other.body, target).not.toContain('secret');
        }
        expect(upstream.seen.every(({ line }) => !line.startsWith('GET /archive/s'))).toBe(true);
      },
    ));

  test('extra hosts have their own names, upstream and path mapping', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: places.app }] },
            { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
          ],
          extraHosts: [
            {
              purpose: 'docker',
              hostnames: ['docker.example.com'],
              upstream: 'second',
              prefix: { mode: 'add', path: '/repository/docker/' },
            },
          ],
        }),
      ],
      async ({ secure, seenBy, https, plain }) => {
        const seen = await seenBy(secure('docker.example.com'), {
          target: '/v2/a%2Fb',
          host: 'docker.example.com',
        });
        expect(seen.line).toBe('GET /repository/docker/v2/a%2Fb HTTP/1.1');
        expect(values(seen.headers, 'host')).toEqual([`docker.example.com:${https}`]);
        const redirect = await request(plain, { target: '/v2/', host: 'docker.example.com' });
        expect(values(redirect.headers, 'location')).toEqual([`https://docker.example.com:${https}/v2/`]);
      },
    ));

  test('a backup server takes over when the first one is gone', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          upstreams: [
            {
              servers: [
                { address: '127.0.0.1', port: 9 },
                { address: '127.0.0.1', port: places.other, backup: true },
              ],
            },
          ],
        }),
      ],
      async ({ secure }) => {
        const reply = await request(secure(name), { target: '/', host: name });
        expect(JSON.parse(reply.body).upstream).toBe('second');
      },
    ));
}
