import { expect, test } from 'vitest';
import { explainRequest } from '../explain/explain-request';
import { readRequest } from '../explain/request';
import { parseSite } from '../rules/parse-site';
import type { SiteInput } from '../site/schema';
import { ServerKind } from '../web-server/render-target';
import { resolve } from './resolve';

const input: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'jenkins',
  hostnames: ['ci.example.com'],
  prefix: { mode: 'keep', path: '/jenkins/' },
  tls: { mode: 'self-signed' },
  limits: { bodySizeMib: 7 },
  upstreams: [
    { name: 'jenkins', servers: [{ address: '10.0.0.1', port: 8080 }] },
    { name: 'nexus', servers: [{ address: '10.0.0.2', port: 8081 }] },
    { name: 'prometheus', servers: [{ address: '10.0.0.3', port: 9090 }] },
  ],
  applications: [
    { name: 'nexus', preset: 'nexus', prefix: { mode: 'keep', path: '/nexus/' }, upstream: 'nexus' },
    {
      name: 'metrics',
      preset: 'prometheus',
      prefix: { mode: 'keep', path: '/prometheus/' },
      upstream: 'prometheus',
      limits: { bodySizeMib: 2 },
    },
  ],
};

function ask(document: SiteInput, path: string) {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const request = readRequest({ address: `https://ci.example.com${path}` });
  if (!request.ok) throw new Error(JSON.stringify(request.error));
  const site = resolve(parsed.value);
  const told = ServerKind.options.map((server) => explainRequest(site, request.value, server));
  const [first] = told;
  if (first === undefined) throw new Error('there are servers');
  return first;
}

test('each application has what is below its prefix, with its own preset, limits and rules', () => {
  expect(ask(input, '/jenkins/job/x').answer).toMatchObject({
    upstream: 'jenkins',
    line: 'GET /jenkins/job/x',
  });
  expect(ask(input, '/nexus/repository/x').answer).toMatchObject({ upstream: 'nexus' });
  const metrics = ask(input, '/prometheus/graph');
  expect(metrics.answer).toMatchObject({ upstream: 'prometheus', line: 'GET /prometheus/graph' });
  expect(metrics.limits[0]).toMatchObject({
    value: '2 MiB',
    origin: { path: ['applications', 1, 'limits', 'bodySizeMib'] },
  });
  expect(ask(input, '/prometheus/-/quit').answer).toMatchObject({ kind: 'denied', status: 403 });
  expect(ask(input, '/prometheus').answer).toMatchObject({ kind: 'redirect', to: '/prometheus/' });
  expect(ask(input, '/').answer).toMatchObject({ kind: 'redirect', to: '/jenkins/' });
  expect(ask(input, '/elsewhere').answer).toMatchObject({ kind: 'denied', status: 404 });
});

test('patterns of the first application do not reach into the others', () => {
  const open: SiteInput = {
    ...input,
    preset: 'generic',
    prefix: { mode: 'none' },
    locations: [
      { match: { kind: 'suffix', path: '/secret' }, class: 'deny' },
      { match: { kind: 'segments', path: '/*/inner' }, class: 'deny' },
    ],
  };
  for (const path of ['/secret', '/a/secret', '/a/inner'])
    expect(ask(open, path).answer).toMatchObject({ kind: 'denied' });
  for (const path of ['/nexus/secret', '/nexus/inner', '/nexus/a/secret'])
    expect(ask(open, path).answer).toMatchObject({ kind: 'application', upstream: 'nexus' });
});
