import { expect, test } from 'vitest';
import { atLeast } from '../../../web-server/version';
import type { ServerDriver } from '../driver';
import { http2Request, startHttp2Upstream } from '../http2-peers';
import { values } from '../message';
import { exchange } from '../raw-client';
import { onStage, onStageOr, siteInput } from '../stage';

const name = 'ci.example.com';

/** HTTP/2, gRPC and the PROXY protocol. */
export function protocolScenarios(driver: ServerDriver): void {
  test('clients may speak HTTP/2, and the application sees the same headers', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic' })],
      async ({ https, upstream }) => {
        const reply = await http2Request(https, name, { ':path': '/a%2Fb?c', 'x-forwarded-for': '1.2.3.4' });
        expect(reply.headers[':status']).toBe(200);
        const [seen] = upstream.seen;
        expect(seen?.line).toBe('GET /a%2Fb?c HTTP/1.1');
        expect(values(seen?.headers ?? [], 'host')).toEqual([`${name}:${https}`]);
        expect(values(seen?.headers ?? [], 'x-forwarded-for')).toEqual(['127.0.0.1']);
      },
    ));

  test('gRPC calls reach an HTTP/2 application with their trailers, beside plain requests', async () => {
    const grpc = await startHttp2Upstream();
    try {
      await onStageOr(
        driver,
        { apache: 'apache.h2-upstream' },
        (places) => [
          siteInput(places, {
            preset: 'generic',
            upstreams: [
              { servers: [{ address: '127.0.0.1', port: places.app }] },
              { name: 'grpc', scheme: 'h2c', servers: [{ address: '127.0.0.1', port: grpc.port }] },
            ],
            locations: [
              { match: { kind: 'prefix', path: '/proto.Service/' }, class: 'grpc', upstream: 'grpc' },
              {
                match: { kind: 'header', name: 'Content-Type', startsWith: 'application/grpc' },
                class: 'grpc',
                upstream: 'grpc',
              },
            ],
          }),
        ],
        async ({ https, seenBy, secure }) => {
          const call = (path: string) =>
            http2Request(
              https,
              name,
              {
                ':method': 'POST',
                ':path': path,
                'content-type': 'application/grpc',
                te: 'trailers',
                'x-real-ip': 'forged',
              },
              '\0\0\0\0\x02hi',
            );
          for (const path of ['/proto.Service/Call', '/other.Service/Call']) {
            const reply = await call(path);
            expect(reply.headers[':status']).toBe(200);
            expect(reply.body).toBe('\0\0\0\0\x02hi');
            expect(reply.trailers['grpc-status']).toBe('0');
            const seen = grpc.seen.at(-1);
            expect(seen?.[':path']).toBe(path);
            expect(seen?.['x-real-ip']).toBe('127.0.0.1');
            expect(seen?.[':authority'] ?? seen?.host).toBe(`${name}:${https}`);
          }
          expect((await seenBy(secure(name), { target: '/page', host: name })).line).toBe(
            'GET /page HTTP/1.1',
          );
        },
      );
    } finally {
      await grpc.stop();
    }
  });

  test('an application that speaks HTTP/2 only is reached with plain requests too', async () => {
    const app = await startHttp2Upstream();
    const since = '1.29.4';
    const older = !atLeast(await driver.version(), since);
    try {
      await onStageOr(
        driver,
        { apache: 'apache.h2-upstream', ...(older ? { nginx: 'nginx.http2-upstream' } : {}) },
        (places) => [
          siteInput(places, {
            preset: 'generic',
            upstreams: [{ scheme: 'h2c', servers: [{ address: '127.0.0.1', port: app.port }] }],
          }),
        ],
        async ({ https }) => {
          const reply = await http2Request(https, name, { ':method': 'POST', ':path': '/x' }, 'hello');
          expect([reply.headers[':status'], reply.body]).toEqual([200, 'hello']);
          expect(app.seen[0]?.['x-real-ip']).toBe('127.0.0.1');
        },
      );
    } finally {
      await app.stop();
    }
  });

  test('with the PROXY protocol the client’s address comes from the balancer', () =>
    onStageOr(
      driver,
      { caddy: 'caddy.proxy-protocol' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          tls: { mode: 'none' },
          proxyProtocol: true,
          trustedProxies: ['127.0.0.1'],
        }),
      ],
      async ({ plain, http }) => {
        const reply = await exchange(
          plain,
          `PROXY TCP4 203.0.113.9 192.0.2.1 4711 ${http}\r\nGET /x HTTP/1.1\r\nHost: ${name}\r\nX-Forwarded-For: 1.2.3.4\r\nConnection: close\r\n\r\n`,
        );
        expect(reply.status).toBe(200);
        const { headers } = JSON.parse(reply.body);
        expect(values(headers, 'x-real-ip')).toEqual(['203.0.113.9']);
        expect(values(headers, 'x-forwarded-for')).toEqual(['203.0.113.9']);
      },
    ));

  test('the PROXY protocol of somebody who is no trusted proxy names nobody else', () =>
    onStageOr(
      driver,
      { caddy: 'caddy.proxy-protocol' },
      (places) => [
        siteInput(places, {
          preset: 'generic',
          tls: { mode: 'none' },
          proxyProtocol: true,
          trustedProxies: ['198.51.100.0/24', '2001:db8::/32'],
        }),
      ],
      async ({ plain, http, upstream }) => {
        const asked = `GET /x HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`;
        await exchange(plain, `PROXY TCP4 203.0.113.9 192.0.2.1 4711 ${http}\r\n${asked}`);
        await exchange(plain, `PROXY TCP4 198.51.100.9 192.0.2.1 4711 ${http}\r\n${asked}`);
        // Version 2, LOCAL: what an apply's own checks send.
        const local = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex').toString('latin1');
        expect((await exchange(plain, local + asked)).status).toBe(200);
        for (const { headers } of upstream.seen) expect(values(headers, 'x-real-ip')).toEqual(['127.0.0.1']);
      },
    ));
}
