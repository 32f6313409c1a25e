import { describe, expect, test } from 'vitest';
import { resolve } from '../resolve/resolve';
import { parseSite } from '../rules/parse-site';
import { pathOf, rules, spellings } from '../servers/conformance/spellings/table';
import type { SiteInput } from '../site/schema';
import { ServerKind } from '../web-server/render-target';
import { explainRequest } from './explain-request';
import type { Explanation } from './explanation';
import { readRequest } from './request';

const input: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  rawUri: true,
  hostnames: ['ci.example.com', '*.ci.example.com'],
  tls: { mode: 'self-signed' },
  access: { auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/users' } },
  upstreams: [
    { servers: [{ address: '10.0.0.5', port: 8010 }] },
    { name: 'second', servers: [{ address: '10.0.0.6', port: 80 }] },
  ],
  locations: rules.map((rule) => ({
    match: { kind: 'prefix', path: `${pathOf(rule)}/` },
    ...{
      deny: { class: 'deny' as const },
      bypass: { access: 'bypass' as const },
      'bypass-auth': { access: 'bypass-auth' as const },
      static: { class: 'static' as const, directory: '/srv/files' },
      'own upstream': { upstream: 'second' },
      'own limits': { limits: { bodySizeMib: 1 } },
    }[rule],
  })),
};
const parsed = parseSite(input);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
const site = resolve(parsed.value);

function explain(address: string, server: ServerKind = 'nginx', headers: string[] = []): Explanation {
  const request = readRequest({ address, headers });
  if (!request.ok) throw new Error(JSON.stringify(request.error));
  return explainRequest(site, request.value, server);
}

describe.each(ServerKind.options)('every rule in every spelling, as %s answers it', (server) => {
  test.each(spellings)('$title', ({ write, deny, others }) => {
    for (const rule of rules) {
      const { answer, location } = explain(`https://ci.example.com${write(pathOf(rule))}`, server);
      const own = location?.match.kind === 'prefix' && location.match.path === `${pathOf(rule)}/`;
      const status = 'status' in answer ? answer.status : 200;
      const outcome =
        status === 403 ? 'denied' : answer.kind === 'refused' ? 'refused' : own ? 'rule' : 'site';
      expect([rule, outcome]).toEqual([rule, rule === 'deny' ? deny : others]);
    }
  });
});

test('a name belongs to the block that has it, by scheme and port; a wildcard stands for one label', () => {
  expect(explain('https://a.ci.example.com/').vhost?.id).toBe('main');
  expect(explain('http://ci.example.com/x').answer).toMatchObject({ to: 'https://ci.example.com/x' });
  for (const address of [
    'https://b.a.ci.example.com/',
    'https://ci.example.com:8443/',
    'https://example.com/',
  ])
    expect(explain(address).answer.kind).toBe('nobody');
});

test('the path stays as it was typed', () => {
  const request = readRequest({ address: '/a/../b%2F?c#d', origin: 'https://ci.example.com' });
  expect(request).toMatchObject({ ok: true, value: { target: '/a/../b%2F?c', port: 443 } });
});

test('headers: set over the client’s own, kept back in other spellings, let through else', () => {
  const sent = ['X-Forwarded-For: 1.2.3.4', 'X_Forwarded_For: 1.2.3.4', 'Accept: text/html', 'TE: trailers'];
  const { requestHeaders } = explain('https://ci.example.com/', 'apache', sent);
  const of = (name: string) => requestHeaders.find((header) => header.name === name);
  expect(of('X-Forwarded-For')).toMatchObject({ state: 'set', instead: '1.2.3.4' });
  expect(of('X_Forwarded_For')).toMatchObject({ state: 'removed', value: null });
  expect(of('Accept')).toMatchObject({ state: 'as-sent', value: 'text/html' });
  expect(of('TE')).toMatchObject({ state: 'removed' });
});
