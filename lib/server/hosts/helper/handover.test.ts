import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockPlace } from '#core/inventory/block-place';
import { readInventory } from '#core/inventory/read-inventory';
import { sourceTree } from '#core/inventory/testing/source-tree';
import { webServers } from '#core/servers/index';
import { ServerKind } from '#core/web-server/render-target';
import { helperText } from './helper-text';

const functions = helperText().replace(/\nmain "\$@"\n$/, '\n');
const shells = [['sh'], ['busybox', 'sh']].filter(
  ([shell = '']) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);
const folder = new URL('../../../../examples/hand-written/', import.meta.url);
const written = readdirSync(folder)
  .filter((name) => name.endsWith('.conf'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

/** What the helper's own reader says of a file: the lines of its blocks, and whether there is more in it. */
function blocksOf(server: ServerKind, text: string, shell: string[], call = 'blocks_of "$file"'): string {
  const work = mkdtempSync(join(tmpdir(), 'gatehouse-blocks-'));
  try {
    writeFileSync(join(work, 'file'), text);
    const busybox = shell[0] === 'busybox' ? 'awk() { busybox awk "$@"; }; tr() { busybox tr "$@"; }' : '';
    const script = `${functions}\nprepare\n${busybox}\nserver=${server} work='${work}' file='${work}/file'\n${call} || echo refused`;
    const [command = 'sh', ...options] = shell;
    return execFileSync(command, options, { input: script, encoding: 'utf8' });
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.each(shells)('the host tells blocks apart by itself (%s %s)', (...shell) => {
  const words = shell.filter((word) => word !== undefined);

  it.each(written)('%s: exactly where the dashboard does', (_, text) => {
    const server = ServerKind.parse(/^# \S+: (nginx|apache|caddy)/.exec(text)?.[1]);
    const path = `/etc/${server}/it`;
    const whole = server !== 'nginx' || /^\s*http\s*\{/m.test(text);
    const tree = whole
      ? sourceTree({ [path]: text })
      : sourceTree({ '/etc/nginx/nginx.conf': `http {\n  include ${path};\n}\n`, [path]: text });
    const places = readInventory(server, true, tree)
      .blocks.filter(({ file }) => file === path)
      .flatMap((block) => {
        const place = blockPlace(server, text, block);
        if ('reason' in place) return [];
        const start = Buffer.byteLength(text.slice(0, place.start));
        return [`${start} ${Buffer.byteLength(text.slice(place.start, place.end))}`];
      });
    expect(places.length).toBeGreaterThan(0);
    const told = blocksOf(server, text, words).split('\n');
    for (const place of places) expect(told).toContain(place);
  });

  it.each<readonly [ServerKind, string, string, string]>([
    ['nginx', 'server {\n  location / {\n    deny all;\n  }\n}\n', '11:36', 'a location'],
    [
      'nginx',
      'http {\n  server {\n    allow 10.0.0.0/8;\n    deny all;\n  }\n}\n',
      '18:40',
      'lines of a block',
    ],
    ['nginx', 'server { listen 80; }\nserver { listen 81; }\n', '0:44', 'two blocks as one'],
    ['nginx', 'set $x "\nserver {\n}\n";\n', '9:11', 'a text that looks like one'],
    [
      'apache',
      '<VirtualHost *:80>\n<Location />\nRequire all denied\n</Location>\n</VirtualHost>\n',
      '19:44',
      'a section',
    ],
    ['apache', '<Macro M>\n<VirtualHost *:80>\n</VirtualHost>\n</Macro>\n', '10:34', 'a part of a macro'],
    ['caddy', 'a.test {\n\tbasic_auth {\n\t\tx y\n\t}\n}\n', '9:23', 'sign-in'],
    ['caddy', '{\n\tadmin off\n}\na.test {\n}\n', '0:15', 'global options'],
    ['caddy', '(guard) {\n\tx\n}\na.test {\n}\n', '0:15', 'a snippet'],
  ])('and cuts out of %s nothing but a whole one (%s %s: %s)', (server, text, range) => {
    expect(blocksOf(server, text, words, `is_cut_of_blocks "$file" ${range}`)).toBe('refused\n');
  });

  it('a line of ours may come with it, and no other', () => {
    const { line } = webServers.caddy.renderShared(
      { upgradeMap: false, logFormats: [], extraPorts: [] },
      { server: 'caddy', version: null, openssl: null, layout: 'debian', modules: null },
    ).includes[0] ?? { line: '' };
    const differs = (more: string) =>
      blocksOf(
        'caddy',
        'a.test {\n}\n',
        words,
        `{ cat "$file"; echo '${more}'; } >"$work/new"; only_our_line_differs "$file" "$work/new"`,
      );
    expect(differs(line)).toBe('');
    expect(differs('import /root/*.caddy')).toBe('refused\n');
    expect(differs(`${line}\n${line}`)).toBe('refused\n');
  });

  it('what is cut out leaves every other byte, also without an end of line', () => {
    const text = '# größer\r\nserver {\n}\nserver { }';
    const start = Buffer.byteLength('# größer\r\n');
    const rest = blocksOf('nginx', text, words, `cut_out "$file" ${start}:11`);
    expect(rest).toBe('# größer\r\nserver { }');
    expect(blocksOf('nginx', text, words, `is_cut_of_blocks "$file" ${start}:11`)).toBe('');
    expect(blocksOf('nginx', text, words, `is_cut_of_blocks "$file" ${start + 11}:10`)).toBe('');
  });
});
