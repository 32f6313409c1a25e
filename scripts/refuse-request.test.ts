import { expect, test } from 'vitest';
import { ownHosts, refuseRequest } from './refuse-request.mjs';

const own = ownHosts(['ci.example.com']);
const status = (
  over: { method?: string; url?: string; rawHeaders?: string[] },
  isOwn: typeof own | null = own,
) =>
  refuseRequest({ method: 'GET', url: '/', rawHeaders: ['Host', '127.0.0.1:3000'], ...over }, isOwn)
    ?.status ?? 200;

test('class "ambiguous host": two Host headers are one too many, in whatever letters', () => {
  expect(status({})).toBe(200);
  expect(status({ rawHeaders: ['Host', 'a', 'hOsT', 'a'] })).toBe(400);
  expect(status({ rawHeaders: ['X-Host', 'Host', 'Host', 'localhost'] }), 'a value is no name').toBe(200);
});

test('class "name pointed here": without a public address only our own names and addresses are answered', () => {
  for (const host of [
    'localhost:3000',
    'a.localhost',
    '[::1]:3000',
    '192.0.2.7',
    'ci.example.com',
    'CI.Example.com.:80',
  ])
    expect(status({ rawHeaders: ['Host', host] }), host).toBe(200);
  for (const host of ['evil.example', 'localhost.evil.example', '', 'a b', 'localhost@evil.example'])
    expect(status({ rawHeaders: ['Host', host] }), host).toBe(421);
  expect(status({ rawHeaders: ['Host', 'gatehouse'], url: '/api/health' }), 'health is asked by probes').toBe(
    200,
  );
  expect(status({ rawHeaders: ['Host', 'anything'] }, null), 'with a public address the door decides').toBe(
    200,
  );
});

test('class "unreadable path": what is no UTF-8 is refused before anything decodes it', () => {
  for (const url of ['/api/v1/%ff', '/api/v1/teams/%', '/%c3%28', '/%e0%80%80'])
    expect(status({ url }), url).toBe(400);
  for (const url of ['/api/v1/teams/a%20b', '/%c3%a9', '/x?y=%ff']) expect(status({ url }), url).toBe(200);
  for (const url of ['*', 'http://elsewhere/', '']) expect(status({ url }), url).toBe(400);
});

test('TRACE and CONNECT are not answered', () => {
  for (const method of ['TRACE', 'TRACK', 'CONNECT']) expect(status({ method })).toBe(405);
});
