import { describe, expect, it } from 'vitest';
import type { ServerKind } from '../web-server/render-target';
import { candidateTree } from './candidate-tree';
import { compareServing } from './compare-serving';
import { readInventory } from './read-inventory';
import { socketEffects } from './shared-sockets';
import { sourceTree } from './testing/source-tree';

const put = (path: string, content: string) => ({
  path,
  action: 'create' as const,
  after: { kind: 'file' as const, content, sha256: '', mode: 0o644 },
});

/** What a file of ours changes on a host that has these texts. */
function serving(server: ServerKind, texts: Record<string, string>, path: string, content: string) {
  const tree = sourceTree(texts);
  const before = readInventory(server, true, tree);
  const after = readInventory(server, true, candidateTree(tree, [put(path, content)]));
  const siteOf = new Map([[path, 'ci']]);
  return {
    ...compareServing({ before, after, siteOf, sites: ['ci'] }),
    effects: socketEffects(before, after, siteOf, true),
  };
}

const nginxMain = 'http {\n  include sites/*;\n}\n';
const nginxOurs =
  'server { listen 443 ssl http2; listen [::]:443 ssl http2; server_name ci.test; ssl_protocols TLSv1.3; }\n';
const nginx = (text: string) =>
  serving(
    'nginx',
    { '/etc/nginx/nginx.conf': nginxMain, '/etc/nginx/sites/old': text },
    '/etc/nginx/sites/gatehouse-ci.conf',
    nginxOurs,
  );
const apache = (text: string, name = 'old.conf') =>
  serving(
    'apache',
    {
      '/etc/apache2/apache2.conf': 'Listen 80\nInclude sites/*.conf\n',
      [`/etc/apache2/sites/${name}`]: text,
    },
    '/etc/apache2/sites/gatehouse-ci.conf',
    '<VirtualHost *:80>\nServerName ci.test\nServerAlias *.ci.test\n</VirtualHost>\n',
  );

describe('what a plan changes in who answers', () => {
  it('nginx: a duplicate that is read later is no rival; an address of its own is one', () => {
    expect(nginx('server { listen 443 ssl; server_name ci.test; }').rivals).toEqual([]);
    const { rivals } = nginx('server { listen 10.0.0.1:443 ssl; server_name old.test; }');
    expect(rivals).toMatchObject([
      {
        site: 'ci',
        name: 'ci.test',
        address: '10.0.0.1',
        port: 443,
        by: 'address',
        block: { file: '/etc/nginx/sites/old', line: 1 },
      },
    ]);
  });

  it('nginx: a duplicate that is read first is a rival, and a known duplicate stays one', () => {
    const main =
      'http {\n  server { listen 443 ssl; server_name ci.test; }\n  server { listen 443 ssl; server_name ci.test; }\n  include sites/*;\n}\n';
    const { rivals } = serving(
      'nginx',
      { '/etc/nginx/nginx.conf': main },
      '/etc/nginx/sites/gatehouse-ci.conf',
      nginxOurs,
    );
    expect(rivals.map(({ block, by }) => [block.file, block.line, by])).toEqual([
      ['/etc/nginx/nginx.conf', 2, 'name'],
    ]);
  });

  it('nginx: says whose name changes hands, who becomes the default, HTTP/2 of the socket and whose TLS versions hold', () => {
    const { changedHands, effects, rivals } = nginx(
      'server { listen 443 ssl; server_name other.test; ssl_protocols TLSv1.2 TLSv1.3; }',
    );
    expect(rivals).toEqual([]);
    expect(effects.map(({ kind, place }) => [kind, place])).toEqual([['http2', '/etc/nginx/sites/old:1']]);
    // Ours is read first and becomes the default of the socket.
    expect(changedHands).toEqual([
      {
        name: null,
        port: 443,
        address: null,
        from: '/etc/nginx/sites/old:1',
        to: '/etc/nginx/sites/gatehouse-ci.conf:1',
        toChosen: true,
      },
    ]);
    const later = serving(
      'nginx',
      {
        '/etc/nginx/nginx.conf': nginxMain,
        '/etc/nginx/sites/a': 'server { listen 443 ssl http2; server_name a.test; ssl_protocols TLSv1.2; }',
      },
      '/etc/nginx/sites/gatehouse-ci.conf',
      nginxOurs,
    );
    expect(later.changedHands).toEqual([]);
    expect(later.effects).toMatchObject([
      { kind: 'tls-versions', site: 'ci', place: '/etc/nginx/sites/a:1', versions: ['TLSv1.2'] },
    ]);
  });

  it('Apache: our wildcard takes a vhost that sorts later (P22), one that sorts before is a rival (P3)', () => {
    const later = apache('<VirtualHost *:80>\nServerName a.ci.test\n</VirtualHost>\n');
    expect(later.rivals).toEqual([]);
    expect(later.changedHands.map(({ name }) => name)).toEqual(['a.ci.test', null]);
    const first = apache('<VirtualHost *:80>\nServerName ci.test\n</VirtualHost>\n', '000-old.conf');
    expect(first.rivals).toMatchObject([
      { name: 'ci.test', by: 'name', block: { file: '/etc/apache2/sites/000-old.conf', line: 1 } },
    ]);
    // The main server was everybody's default (P6).
    expect(apache('').changedHands).toEqual([
      {
        name: null,
        port: 80,
        address: null,
        from: 'the main server',
        to: '/etc/apache2/sites/gatehouse-ci.conf:1',
        toChosen: true,
      },
    ]);
  });

  it('Caddy: a bare name beside https:// is a rival where it is read first', () => {
    const texts = { '/etc/caddy/Caddyfile': 'CI.test {\n\trespond old\n}\nimport gatehouse/*.caddy\n' };
    const { rivals } = serving(
      'caddy',
      texts,
      '/etc/caddy/gatehouse/ci.caddy',
      'https://ci.test:443 {\n\trespond new\n}\n',
    );
    expect(rivals).toMatchObject([{ name: 'ci.test', port: 443, block: { line: 1 } }]);
  });

  it('a file that nobody includes is reported', () => {
    const { unread } = serving(
      'nginx',
      { '/etc/nginx/nginx.conf': 'http {}' },
      '/etc/nginx/sites/gatehouse-ci.conf',
      nginxOurs,
    );
    expect(unread).toEqual(['ci']);
  });
});
