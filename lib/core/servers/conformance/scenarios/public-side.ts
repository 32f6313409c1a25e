import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, request } from '../raw-client';
import { onStage, siteInput } from '../stage';

const name = 'ci.example.com';

/** Redirects, certificates, names and proxies in front of the web server. */
export function publicScenarios(driver: ServerDriver): void {
  test('plain http leads to the same path on https, with its method kept', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'buildbot' })],
      async ({ plain, https, upstream }) => {
        for (const method of ['GET', 'POST']) {
          const reply = await request(plain, { method, target: '/a%2Fb?c=d', host: name });
          expect(reply.status).toBe(308);
          expect(values(reply.headers, 'location')).toEqual([`https://${name}:${https}/a%2Fb?c=d`]);
        }
        expect(upstream.seen).toEqual([]);
      },
    ));

  test('each of several names leads to itself', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, {
          preset: 'generic',
          hostnames: [name, 'b.example.com', '*.c.example.com'],
          redirectStatus: 301,
        }),
      ],
      async ({ plain, https, secure, seenBy }) => {
        for (const host of [name, 'b.example.com', 'x.c.example.com']) {
          const reply = await request(plain, { target: '/x', host });
          expect(reply.status).toBe(301);
          expect(values(reply.headers, 'location')).toEqual([`https://${host}:${https}/x`]);
          const seen = await seenBy(secure(host), { target: '/', host });
          expect(values(seen.headers, 'host')).toEqual([`${host}:${https}`]);
        }
      },
    ));

  test('a name that is not ours never reaches the application, over http or https', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic', hostnames: [name, '*.c.example.com'] })],
      async (stage) => {
        for (const host of [
          'evil.example',
          'ci.example.com.evil.example',
          'xci.example.com',
          'c.example.com',
          '127.0.0.1',
          '',
        ]) {
          for (const address of [stage.secure(name), stage.plain]) {
            const reply = await exchange(
              address,
              `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
            );
            // Caddy answers a name that no site has with an empty page.
            const nothing = driver.kind === 'caddy' && reply.body === '';
            expect(nothing || reply.status === 0 || reply.status >= 400, `${host}: ${reply.status}`).toBe(
              true,
            );
            expect(JSON.stringify(reply.headers)).not.toContain('evil');
          }
        }
        expect(stage.upstream.seen).toEqual([]);
      },
    ));

  test('an absolute request line cannot smuggle another Host to the application', () =>
    onStage(
      driver,
      (places) => [siteInput(places, { preset: 'generic' })],
      async ({ secure, upstream, https }) => {
        await exchange(
          secure(name),
          `GET https://${name}/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
        );
        for (const { headers } of upstream.seen) {
          expect(values(headers, 'host')).toEqual([`${name}:${https}`]);
          expect(values(headers, 'x-forwarded-host')).toEqual([`${name}:${https}`]);
        }
      },
    ));

  test('HSTS is sent over https only, with error pages too, and only once', async () => {
    await onStage(
      driver,
      async (places) => {
        const files = {
          mode: 'files',
          certificate: `${places.directory}/c.crt`,
          key: `${places.directory}/c.key`,
        } as const;
        await makeCertificate(files.certificate, files.key);
        return [siteInput(places, { preset: 'pipelit', tls: files, hsts: { maxAgeSeconds: 300 } })];
      },
      async ({ secure, plain }) => {
        const headers = [['X-Answer-Header', 'Strict-Transport-Security: max-age=999999']] as const;
        const page = await request(secure(name), { target: '/', host: name, headers });
        expect(values(page.headers, 'strict-transport-security')).toEqual(['max-age=300']);
        const denied = await request(secure(name), { target: '/ws/executions/1/', host: name });
        expect(denied.status).toBe(403);
        expect(values(denied.headers, 'strict-transport-security')).toEqual(['max-age=300']);
        expect(
          values((await request(plain, { target: '/', host: name })).headers, 'strict-transport-security'),
        ).toEqual([]);
      },
    );
  });

  test('a site without TLS is served on the http port', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, { preset: 'gocd', tls: { mode: 'none' }, prefix: { mode: 'fixed', path: '/go/' } }),
      ],
      async ({ plain, seenBy, http }) => {
        const seen = await seenBy(plain, { target: '/go/api/version', host: name });
        expect(values(seen.headers, 'x-forwarded-proto')).toEqual(['http']);
        expect(values(seen.headers, 'host')).toEqual([`${name}:${http}`]);
      },
    ));

  test('ACME challenges are answered from their directory beside the redirect', () =>
    onStage(
      driver,
      async (places) => {
        await mkdir(`${places.directory}/acme/.well-known/acme-challenge`, { recursive: true });
        await writeFile(`${places.directory}/acme/.well-known/acme-challenge/token`, 'proof');
        return [siteInput(places, { preset: 'generic', acmeDirectory: `${places.directory}/acme` })];
      },
      async ({ plain }) => {
        const reply = await request(plain, { target: '/.well-known/acme-challenge/token', host: name });
        expect([reply.status, reply.body]).toEqual([200, 'proof']);
        expect(
          (await request(plain, { target: '/.well-known/acme-challenge/none', host: name })).status,
        ).toBe(404);
        expect((await request(plain, { target: '/.well-known/other', host: name })).status).toBe(308);
      },
    ));

  test('the client’s address comes from trusted proxies and from nobody else', () =>
    onStage(
      driver,
      (places) => [
        siteInput(places, { preset: 'generic', trustedProxies: ['127.0.0.1', '192.0.2.0/24'] }),
        siteInput(places, {
          preset: 'generic',
          name: 'edge',
          hostnames: ['edge.example.com'],
          trustedProxies: ['198.51.100.7'],
        }),
      ],
      async ({ secure, seenBy }) => {
        const headers = [['X-Forwarded-For', '10.9.9.9, 203.0.113.5, 192.0.2.8']] as const;
        const behind = await seenBy(secure(name), { target: '/', host: name, headers });
        expect(values(behind.headers, 'x-real-ip')).toEqual(['203.0.113.5']);
        expect(values(behind.headers, 'x-forwarded-for')).toEqual(['203.0.113.5']);
        const edge = await seenBy(secure('edge.example.com'), {
          target: '/',
          host: 'edge.example.com',
          headers,
        });
        expect(values(edge.headers, 'x-real-ip')).toEqual(['127.0.0.1']);
      },
    ));

  test('query strings stay out of the access log where secrets travel in them', () =>
    onStage(
      driver,
      // Caddy writes no access log unless told.
      (places) => [
        siteInput(places, {
          preset: 'pipelit',
          ...(driver.kind === 'caddy' ? { logs: { access: 'json' } } : {}),
        }),
      ],
      async ({ secure, server, plain, https }) => {
        const host = `${name}:${https}`;
        await request(secure(name), {
          target: '/ws/?token=s3cret-one',
          host,
          headers: [['Referer', 'https://x/?t=s3cret-two']],
        });
        await request(secure(name), { target: '/api/v1/webhooks/x?api_key=s3cret-three', host });
        await request(secure(name), { target: '/%77s/?token=s3cret-four', host });
        await request(secure(name), { target: '/ws/executions/1/?token=s3cret-four', host: name });
        await request(plain, { target: '/ws/?token=s3cret-five', host: name });
        await request(secure(name), { target: '/plain?visible=yes', host });
        await request(plain, { target: '/ws/?token=s3cret-five', host: name });
        const log = await server.accessLog();
        expect(log).toContain('/ws/');
        expect(log).toContain('visible=yes');
        expect(log).not.toContain('s3cret');
      },
    ));
}

async function makeCertificate(certificate: string, key: string): Promise<void> {
  const { makeCertificates } = await import('../make-certificates');
  await makeCertificates([{ certificatePath: certificate, keyPath: key, hostnames: [name] }], (path) => path);
}
