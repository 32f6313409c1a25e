import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSite } from '../site/parse-site';
import type { SiteInput } from '../site/schema';
import { fullSites } from '../site/testing/full-site';
import { siteArbitrary } from '../site/testing/site-arbitrary';
import { because, directive, section } from './apache/directive';
import { printApache } from './apache/print';
import { parseConfig as parseApache } from './apache/testing/parse-config';
import { parseCaddyfile } from './caddy/testing/parse-caddyfile';
import { goldenDocuments } from './conformance/golden-documents';
import type { ParsedDirective } from './conformance/parsed-directive';
import { cellModes, presetCells } from './conformance/presets/preset-cell';
import { webServers } from './index';
import { parseConfig as parseNginx } from './nginx/testing/parse-config';
import { renderTarget } from './render';
import { ServerKind } from './types';

const parsers = { nginx: parseNginx, apache: parseApache, caddy: parseCaddyfile };
const versions = {
  nginx: [null, '1.14.0', '1.19.3', '1.22.1', '1.25.1', '1.29.6', '1.31.5'],
  apache: [null, '2.4.37', '2.4.47', '2.4.71'],
  caddy: [null, '2.6.2', '2.7.0', '2.8.0', '2.11.4'],
};
const places = { http: 80, https: 443, app: 9000, http2: 9001, access: 'json' as const };
const paths = { certificate: '/etc/ssl/a.crt', key: '/etc/ssl/a.key', usersFile: '/etc/gatehouse/users' };

const [full] = fullSites;
const server = { address: '10.0.0.5', port: 8010 };
const basic = { mode: 'basic' as const, realm: ['CI $', '{x}'].join(''), usersFile: '/etc/gatehouse/users' };
/** What no preset asks for. */
const rare: readonly SiteInput[] = (full ? [full] : []).flatMap((site) => [
  ...(['client-address', 'cookie'] as const).map((policy) => ({
    ...site,
    tlsProfile: 'modern' as const,
    http2: false,
    requestHeaders: [{ op: 'set' as const, name: 'X-Odd', value: ['$', '{{a}} \\ {{b'].join('') }],
    access: { auth: basic, satisfy: 'any' as const, ip: { allow: ['10.0.0.0/8'], deny: [] } },
    upstreams: [
      {
        name: 'main',
        scheme: 'https' as const,
        policy,
        servers: [server, { ...server, port: 8011 }],
        verify: { mode: 'skip' as const },
      },
      { name: 'files', servers: [server] },
    ],
  })),
  {
    ...site,
    locations: [
      ...(site.locations ?? []),
      { match: { kind: 'prefix' as const, path: '/grpc/' }, class: 'grpc' as const, upstream: 'grpc' },
      { match: { kind: 'prefix' as const, path: '/h2/' }, upstream: 'grpc' },
    ],
    upstreams: [
      ...(site.upstreams ?? []),
      {
        name: 'grpc',
        scheme: 'h2' as const,
        servers: [server],
        serverName: 'build.example.internal',
        verify: { mode: 'ca-file' as const, caFile: '/etc/ssl/ca.pem' },
      },
    ],
  },
]);

/** The word of a directive as the tables have it. */
function wordOf(server: ServerKind, block: string, [word = '']: readonly string[]): string {
  if (server === 'caddy') return block === 'top' ? 'site' : word.replace(/^@.*/, '@');
  if (block === 'geo' && /^[0-9A-Fa-f:./]+$/.test(word)) return 'address';
  return server === 'nginx' && block === 'map' && word !== 'default' ? `"${word}"` : word;
}

describe.each(ServerKind.options)('vocabulary of %s', (server) => {
  const used = new Map<string, Set<string>>();
  const documents = [
    ...goldenDocuments.map(([, document]) => document),
    ...rare,
    ...cellModes.flatMap((mode) =>
      presetCells(mode, { ...places, ...paths }).flatMap(({ site, signedIn }) => [site, signedIn]),
    ),
    ...fc.sample(siteArbitrary, { numRuns: 200, seed: 1 }),
  ];
  const collect = (directives: readonly ParsedDirective[], block: string) => {
    for (const { words, block: inner } of directives) {
      const word = wordOf(server, block, words);
      used.set(block, (used.get(block) ?? new Set()).add(word));
      if (inner) collect(inner, word);
    }
  };
  for (const document of documents) {
    const parsed = parseSite(document);
    if (!parsed.ok && rare.includes(document as SiteInput)) throw new Error(JSON.stringify(parsed.error));
    if (!parsed.ok) continue;
    for (const version of versions[server]) {
      const target = { server, version, openssl: '3.0.22', layout: 'debian' as const, modules: null };
      for (const file of renderTarget([parsed.value], target).files) {
        if (file.kind === 'file') collect(parsers[server](file.content), 'top');
      }
    }
  }

  if (server === 'apache') {
    // Only before a literal ${ that a value of today's form cannot have.
    const odd = directive('ServerName', ['$'.concat('{a}')], because(''));
    collect(parseApache(printApache([section('VirtualHost', ['*:80'], because(''), [odd])]).content), 'top');
  }

  test('has every word that is printed, and none that is not', () => {
    const pairs = (of: Iterable<readonly [string, Iterable<string>]>) =>
      [...of].flatMap(([block, words]) => [...words].map((word) => `${block} ${word}`)).sort();
    const table = Object.entries(webServers[server].vocabulary).map(
      ([block, words]) => [block, Object.keys(words)] as const,
    );
    expect(pairs(table)).toEqual(pairs(used));
  });
});
