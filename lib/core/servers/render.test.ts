import { describe, expect, test } from 'vitest';
import { parseSite } from '../rules/parse-site';
import type { Site, SiteInput } from '../site/schema';
import { fullSites } from '../site/testing/full-site';
import { LayoutId, type RenderTarget, ServerKind } from '../web-server/render-target';
import { mapFinding } from './map-finding';
import { renderPreview, renderTarget } from './render';

const nginx: RenderTarget = {
  server: 'nginx',
  version: '1.22.1',
  openssl: '3.0.22',
  layout: 'debian',
  modules: null,
};

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
};

function site(change: Partial<SiteInput> = {}): Site {
  const parsed = parseSite({ ...base, ...change });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const all = fullSites.map((document) => site(document));

describe.each(ServerKind.options)('%s', (server) => {
  const target = { ...nginx, server, version: null, openssl: null };

  test('the same sites give the same bytes, whatever their order', () => {
    const once = JSON.stringify(renderTarget(all, target));
    expect(JSON.stringify(renderTarget([...all].reverse(), target))).toBe(once);
  });

  test('every directive of every file has an origin, and every path is absolute', () => {
    for (const layout of LayoutId.options) {
      for (const file of renderTarget(all, { ...target, layout }).files) {
        expect(file.path).toMatch(/^\/[\w./-]+$/);
        if (file.kind === 'link') continue;
        expect(file.content.endsWith('\n')).toBe(true);
        expect(file.lines.length).toBe(file.content.split('\n').length - 1);
        const text = file.content.split('\n');
        file.lines.forEach(({ why }, index) => {
          // Comments explain themselves.
          if (!/^\s*(?:#|$)/.test(text[index] ?? '')) expect(why).toMatch(/\w/);
        });
      }
    }
  });

  test('no sites, no files', () => {
    expect(renderTarget([], target)).toMatchObject({ files: [], includes: [], listeners: [], issues: [] });
  });

  test('one site changes only its own files', () => {
    const before = renderTarget([site(), site({ name: 'b', hostnames: ['b.example.com'] })], target);
    const after = renderTarget(
      [site({ limits: { bodySizeMib: 99 } }), site({ name: 'b', hostnames: ['b.example.com'] })],
      target,
    );
    const changed = after.files.filter(
      (file, index) => JSON.stringify(file) !== JSON.stringify(before.files[index]),
    );
    expect(changed.map((file) => file.site)).toEqual(['ci']);
  });
});

describe('sites of one target', () => {
  const issues = (sites: readonly Site[], target = nginx) =>
    renderTarget(sites, target).issues.map(({ code, site: name, path }) => ({ code, site: name, path }));

  test('a name belongs to one site of a port', () => {
    expect(issues([site(), site({ name: 'other' })])).toContainEqual({
      code: 'target.duplicate-hostname',
      site: 'other',
      path: ['hostnames', 0],
    });
    expect(issues([site(), site({ name: 'other', httpPort: 8080, httpsPort: 8443 })])).toEqual([]);
  });

  test('a port is with TLS or without it, with the PROXY protocol or without it', () => {
    const plain = site({ name: 'plain', hostnames: ['p.example.com'], tls: { mode: 'none' }, httpPort: 443 });
    expect(issues([site(), plain])).toContainEqual({
      code: 'target.tls-conflict',
      site: 'plain',
      path: ['httpPort'],
    });
    const proxied = site({
      name: 'proxied',
      hostnames: ['x.example.com'],
      proxyProtocol: true,
      trustedProxies: ['10.0.0.1'],
    });
    expect(issues([site(), proxied])).toContainEqual({
      code: 'target.proxy-protocol-conflict',
      site: 'proxied',
      path: ['proxyProtocol'],
    });
  });

  test('HTTP/2 is shared by a port before nginx 1.25.1', () => {
    const without = site({ name: 'old', hostnames: ['o.example.com'], http2: false });
    expect(issues([site(), without])).toContainEqual({
      code: 'nginx.http2-shared',
      site: 'old',
      path: ['http2'],
    });
    expect(issues([site(), without], { ...nginx, version: '1.25.1' })).toEqual([]);
  });
});

describe('findings of the server’s own test', () => {
  test('lead to the field that made the line, through the link that switches a file on', () => {
    const { files } = renderPreview(site({ limits: { readTimeoutSeconds: 77 } }), nginx);
    const file = files.find(({ role }) => role === 'site');
    const line =
      file?.kind === 'file' ? file.content.split('\n').findIndex((text) => text.includes('77s')) + 1 : 0;
    const finding = {
      severity: 'error',
      message: 'bad',
      path: '/etc/nginx/sites-enabled/gatehouse-ci.conf',
      line,
    } as const;
    expect(mapFinding(finding, files)).toMatchObject({
      issue: {
        code: 'host.test',
        severity: 'error',
        path: ['limits', 'readTimeoutSeconds'],
        message: 'bad',
        site: 'ci',
      },
    });
    expect(mapFinding({ ...finding, line: 99_999 }, files).issue.path).toEqual([]);
    expect(mapFinding({ ...finding, path: '/etc/nginx/nginx.conf' }, files)).toMatchObject({
      origin: null,
      issue: { path: [] },
    });
  });
});
