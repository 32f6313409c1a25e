import { describe, expect, it } from 'vitest';
import { sourceTree } from '../testing/source-tree';
import { parseNginx } from './parse-nginx';
import { readNginx } from './read-nginx';

describe('reading what nginx reads', () => {
  it('finds each block with names, addresses and its place, through globs in the order of bytes', () => {
    const { blocks, gaps } = readNginx(
      sourceTree({
        '/etc/nginx/nginx.conf':
          'events {}\nhttp {\n  include conf.d/*.conf;\n  include /etc/nginx/sites-enabled/*;\n}\n',
        '/etc/nginx/sites-enabled/b':
          'server {\n  listen 443 ssl http2 default_server;\n  listen [::]:443 ssl ipv6only=on;\n  server_name B.example.com .c.example.com;\n  location / { include snip; }\n}\n',
        '/etc/nginx/sites-enabled/.hidden': 'server { server_name hidden; }',
        '/etc/nginx/conf.d/z.conf':
          '# configuration file /etc/nginx/fake.conf:\nserver { listen 10.0.0.1; server_name ~^ci\\d+$ ""; }\n\nserver {}\n',
        '/etc/nginx/snip': 'proxy_pass http://127.0.0.1:8010;',
      }),
    );
    expect(gaps).toEqual([]);
    expect(blocks.map(({ file, line, endLine, names }) => [file, line, endLine, names])).toEqual([
      ['/etc/nginx/conf.d/z.conf', 2, 2, ['~^ci\\d+$', '']],
      ['/etc/nginx/conf.d/z.conf', 4, 4, []],
      ['/etc/nginx/sites-enabled/b', 1, 6, ['b.example.com', 'c.example.com', '*.c.example.com']],
    ]);
    expect(
      blocks.map(({ listens }) =>
        listens.map(({ address, port, tls, http2 }) => [address, port, tls, http2]),
      ),
    ).toEqual([
      [['10.0.0.1', 80, false, false]],
      [['*', 80, false, false]],
      [
        ['*', 443, true, true],
        ['[::]', 443, true, false],
      ],
    ]);
    expect(blocks[2]?.upstream).toBe('http://127.0.0.1:8010');
  });

  it('says where it had to stop, and keeps what it had read', () => {
    const { blocks, gaps } = readNginx(
      sourceTree({
        '/etc/nginx/nginx.conf': 'http { include sites/*; }',
        '/etc/nginx/sites/a': 'server { server_name a; }\nserver { server_name "b;\n',
        '/etc/nginx/sites/b': 'server { server_name c; }',
      }),
    );
    expect(blocks.map(({ names }) => names[0])).toEqual(['a', 'c']);
    expect(gaps).toEqual([
      { path: '/etc/nginx/sites/a', line: 3, message: 'unexpected end of file in a quoted word' },
    ]);
  });

  it('passes over Lua whatever braces are in it', () => {
    const text =
      'content_by_lua_block {\n  local a = "}" -- }\n  b = [==[ }} ]==] c = { d = 1 }\n}\nlisten 80;';
    expect(parseNginx(text, '/f').directives.map(({ words, line }) => [words[0], line])).toEqual([
      ['content_by_lua_block', 1],
      ['listen', 5],
    ]);
  });

  it('gives the exact text of each directive by its offsets', () => {
    const text = '# a\nserver {\n  listen 80; # }\n}\nserver { }\n';
    expect(parseNginx(text, '/f').directives.map(({ start, end }) => text.slice(start, end))).toEqual([
      'server {\n  listen 80; # }\n}',
      'server { }',
    ]);
  });
});
