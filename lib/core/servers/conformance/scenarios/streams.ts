import { expect, test, vi } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { request, requestInHalves, requestSlowly, requestUntil, upgrade } from '../raw-client';
import { onStage, siteInput } from '../stage';

const name = 'ci.example.com';

/** WebSockets, event streams and big bodies. */
export function streamScenarios(driver: ServerDriver): void {
  test('a WebSocket opens and carries bytes both ways, with all forwarded headers', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot', prefix: { mode: 'strip', path: '/buildbot/' } })],
      async ({ secure, upstream, https }) => {
        const { status, echo } = await upgrade(
          secure(name),
          { target: '/buildbot/ws', host: `${name}:${https}` },
          '\x81\x05hello',
        );
        expect(status).toBe(101);
        expect(echo).toBe('\x81\x05hello');
        const [seen] = upstream.seen;
        expect(seen?.line).toBe('GET /ws HTTP/1.1');
        expect(values(seen?.headers ?? [], 'host')).toEqual([`${name}:${https}`]);
        expect(values(seen?.headers ?? [], 'x-forwarded-proto')).toEqual(['https']);
        expect(values(seen?.headers ?? [], 'connection').map((value) => value.toLowerCase())).toEqual([
          'upgrade',
        ]);
      },
    ));

  test('plain requests to a WebSocket path are plain, and other paths do not upgrade', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot' })],
      async ({ secure, upstream }) => {
        expect((await request(secure(name), { target: '/ws', host: name })).status).toBe(200);
        expect((await upgrade(secure(name), { target: '/wsdl', host: name }, 'x')).status).not.toBe(101);
        expect((await upgrade(secure(name), { target: '/api/v2', host: name }, 'x')).status).not.toBe(101);
        for (const { headers } of upstream.seen) expect(values(headers, 'upgrade')).toEqual([]);
      },
    ));

  test('the first event of a stream arrives while the stream stays open', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot' })],
      async ({ secure }) => {
        const raw = {
          target: '/sse/listen/builds/*/*',
          host: name,
          headers: [
            ['X-Answer', 'sse'],
            ['Accept-Encoding', 'gzip'],
          ] as const,
        };
        const reply = await requestUntil(secure(name), raw, 'data: first');
        expect(reply.status).toBe(200);
        expect(reply.body).toContain('data: first');
      },
    ));

  test('bodies over 1 MB pass up to the limit, and 413 answers beyond it', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'buildbot',
          locations: [{ match: { kind: 'exact', path: '/small' }, limits: { bodySizeMib: 1 } }],
        }),
      ],
      async ({ secure, seenBy }) => {
        const size = 5 << 20;
        const body = Buffer.alloc(size, 'x');
        expect(
          (await seenBy(secure(name), { method: 'POST', target: '/change_hook/github', host: name, body }))
            .bodyLength,
        ).toBe(size);
        expect(
          (await request(secure(name), { method: 'POST', target: '/small', host: name, body })).status,
        ).toBe(413);
      },
    ));

  test('an unlimited upload location takes 50 MB without holding it back', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          locations: [
            { match: { kind: 'prefix', path: '/upload/' }, class: 'upload', limits: { bodySizeMib: 0 } },
          ],
        }),
      ],
      async ({ secure, seenBy, upstream }) => {
        const body = Buffer.alloc(50 << 20, 'x');
        const seen = await seenBy(secure(name), { method: 'PUT', target: '/upload/a', host: name, body });
        expect(seen.bodyLength).toBe(body.length);
        const line = 'POST /upload/slow HTTP/1.1';
        const reply = await requestInHalves(
          secure(name),
          { method: 'POST', target: '/upload/slow', host: name, body: Buffer.alloc(64 << 10) },
          () => vi.waitFor(() => expect(upstream.started).toContain(line), 10_000),
        );
        expect(reply.status).toBe(200);
      },
    ));

  test('a download waits for its slow reader: neither cut nor gathered on the proxy', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          locations: [{ match: { kind: 'prefix', path: '/artifacts/' }, class: 'download' }],
        }),
      ],
      async ({ secure, upstream }) => {
        const size = 128 << 20;
        const reply = await requestSlowly(
          secure(name),
          { target: '/artifacts/a', host: name, headers: [['X-Answer', `${size} bytes`]] },
          async () => {
            await isStill(() => upstream.given());
            // What fits into the buffers of four sockets, and of the proxy; not the file.
            expect(upstream.given()).toBeLessThan(size / 2);
          },
        );
        expect(reply).toEqual({ status: 200, bodyLength: size });
      },
    ));
}

/** Waits until a number has not changed for a while. */
async function isStill(read: () => number): Promise<void> {
  for (let before = -1; before !== read(); ) {
    before = read();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
}
