import { describe, expect, it } from 'vitest';
import type { ServerKind } from '../web-server/render-target';
import { handOver } from './hand-over';
import { readInventory } from './read-inventory';
import type { SourceTree } from './source-tree';
import { sourceTree } from './testing/source-tree';

const nginxMain = { '/etc/nginx/nginx.conf': 'http {\n  include conf.d/*.conf;\n}\n' };
const apacheMain = { '/etc/apache2/apache2.conf': 'IncludeOptional sites-enabled/*.conf\n' };

/** What goes when the blocks with this name are taken over. */
function taken(server: ServerKind, tree: SourceTree, name: string) {
  const { blocks } = readInventory(server, true, tree);
  return handOver(
    server,
    tree,
    blocks.filter(({ names }) => names.includes(name)),
  );
}

describe('taking a block of somebody else over', () => {
  it('takes a whole file where nothing else is in it, with its comments', () => {
    const path = '/etc/nginx/conf.d/old.conf';
    const text =
      '# old\nserver {\n  server_name a.test;\n}\nserver { listen 443 ssl; server_name a.test; }\n';
    const { files, refused } = taken('nginx', sourceTree({ ...nginxMain, [path]: text }), 'a.test');
    expect(refused).toEqual([]);
    expect(files).toMatchObject([{ path, rest: null, ranges: [], text }]);
  });

  it('cuts exactly its lines out of a file with more, counted in bytes', () => {
    const path = '/etc/nginx/conf.d/all.conf';
    const [head, mine, rest] = [
      '# größer\nupstream x { server 10.0.0.1; }\n',
      '  server {\n    server_name a.test;\n  } # end\n',
      'server { server_name b.test; }',
    ];
    const { files } = taken('nginx', sourceTree({ ...nginxMain, [path]: `${head}${mine}${rest}` }), 'a.test');
    expect(files).toMatchObject([
      { path, rest: `${head}${rest}`, ranges: [{ start: Buffer.byteLength(head), length: mine.length }] },
    ]);
  });

  it('takes the enabling link, and leaves the file behind it', () => {
    const [link, real] = ['/etc/apache2/sites-enabled/old.conf', '/etc/apache2/sites-available/old.conf'];
    const text =
      '<IfModule mod_ssl.c>\n<VirtualHost *:443>\nServerName a.test\n</VirtualHost>\n</IfModule>\n';
    const tree = sourceTree(apacheMain);
    const files = new Map([...tree.files, [link, { path: link, real, text }]]);
    expect(taken('apache', { ...tree, files }, 'a.test').files).toMatchObject([{ path: link, rest: null }]);
  });

  it('cuts where an include line names the very file, or two paths lead to it', () => {
    const path = '/etc/nginx/conf.d/old.conf';
    const text = 'server { server_name a.test; }\n';
    const main = { '/etc/nginx/nginx.conf': 'http {\n  include /etc/nginx/conf.d/old.conf;\n}\n' };
    expect(taken('nginx', sourceTree({ ...main, [path]: text }), 'a.test').files).toMatchObject([
      { path, rest: '' },
    ]);
  });

  it.each([
    ['nginx', 'server { server_name a.test; } server { server_name b.test; }\n', 'shares a line'],
    [
      'apache',
      '<Macro M $n>\n<VirtualHost *:80>\nServerName $n\n</VirtualHost>\n</Macro>\nUse M a.test\nUse M b.test\n',
      'macro',
    ],
    ['caddy', 'a.test\nrespond "one site without braces"\n', 'without braces'],
  ] as const)('refuses on %s what cannot be told apart', (server, text, reason) => {
    const path = {
      nginx: '/etc/nginx/conf.d/x.conf',
      apache: '/etc/apache2/sites-enabled/x.conf',
      caddy: '/etc/caddy/Caddyfile',
    }[server];
    const main = { nginx: nginxMain, apache: apacheMain, caddy: {} }[server];
    const { files, refused } = taken(server, sourceTree({ ...main, [path]: text }), 'a.test');
    expect(files).toEqual([]);
    expect(refused.map((each) => each.reason).join()).toContain(reason);
  });

  it('refuses a file outside of the configuration', () => {
    const tree = sourceTree({
      '/etc/nginx/nginx.conf': 'http {\n  include /srv/*.conf;\n}\n',
      '/srv/old.conf': 'server { server_name a.test; }\n',
    });
    expect(taken('nginx', tree, 'a.test')).toMatchObject({
      files: [],
      refused: [{ reason: '/srv/old.conf lies outside of /etc/nginx' }],
    });
  });
});
