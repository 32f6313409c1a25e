import { describe, expect, test } from 'vitest';
import { parseSite } from '../rules/parse-site';
import type { ServerKind } from '../web-server/render-target';
import { renderTarget } from './render';

function hidden(server: ServerKind, sites: readonly (readonly string[])[]) {
  const parsed = sites.map((hostnames, index) => {
    const site = parseSite({
      schemaVersion: 1,
      name: `s${index}`,
      preset: 'generic',
      hostnames,
      tls: { mode: 'self-signed' },
      upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    });
    if (!site.ok) throw new Error(JSON.stringify(site.error));
    return site.value;
  });
  const target = { server, version: null, openssl: null, layout: 'debian', modules: null } as const;
  return renderTarget(parsed, target).issues.filter(({ code }) => code === 'nginx.long-name-hidden');
}

describe('a name too long for the table of nginx', () => {
  const long = `${'a'.repeat(40)}.example.com`;
  const short = 'a.example.com';

  test('is refused where a wildcard of another site would take its requests', () => {
    const issues = hidden('nginx', [['app.example.com', '*.example.com'], [long]]);
    expect(issues[0]).toMatchObject({ severity: 'error', site: 's1', path: ['hostnames', 0] });
    expect(issues[0]?.message).toContain('*.example.com of site s0');
  });

  test('is fine without one, beside one of its own, and on other servers', () => {
    expect(hidden('nginx', [['app.example.org', '*.example.org'], [long]])).toEqual([]);
    expect(hidden('nginx', [[long, '*.example.com']])).toEqual([]);
    expect(hidden('nginx', [['app.example.com', '*.example.com'], [short]])).toEqual([]);
    expect(hidden('apache', [['app.example.com', '*.example.com'], [long]])).toEqual([]);
    expect(hidden('caddy', [['app.example.com', '*.example.com'], [long]])).toEqual([]);
  });
});
