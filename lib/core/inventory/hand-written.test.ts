import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ServerKind } from '../web-server/render-target';
import { readInventory } from './read-inventory';
import { sourceTree } from './testing/source-tree';

const folder = new URL('../../../examples/hand-written/', import.meta.url);
const cases = readdirSync(folder).filter((name) => name.endsWith('.conf'));
const texts = new Map(cases.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
const serverOf = (text: string) => /^# \S+: (nginx|apache|caddy)/.exec(text)?.[1] as ServerKind;

/** A configuration of somebody's, at the place where its server would read it. */
function treeOf(server: ServerKind, text: string) {
  const whole = /^\s*http\s*\{/m.test(text) || server !== 'nginx';
  const mains = {
    nginx: '/etc/nginx/nginx.conf',
    apache: '/etc/apache2/apache2.conf',
    caddy: '/etc/caddy/Caddyfile',
  };
  return whole
    ? sourceTree({ [mains[server]]: text })
    : sourceTree({ [mains.nginx]: 'http {\n  include sites/*;\n}\n', '/etc/nginx/sites/site': text });
}

describe('configurations that people have written', () => {
  it('are twenty-five', () => expect(cases).toHaveLength(25));

  it.each(cases)('%s: every block is found with its names, and nothing is left out', (name) => {
    const text = texts.get(name) ?? '';
    const server = serverOf(text);
    const { blocks, gaps } = readInventory(server, true, treeOf(server, text));
    expect(gaps).toEqual([]);
    // Counted in the text itself, without any reader of ours.
    const plain = text.replace(/^\s*#.*$/gm, '');
    const expected =
      server === 'nginx'
        ? (plain.match(/^\s*server\s*\{/gm) ?? []).length
        : server === 'apache'
          ? (plain.match(/<VirtualHost/gi) ?? []).length
          : null;
    if (expected !== null) expect(blocks).toHaveLength(expected);
    else expect(blocks.length).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const block of blocks) {
      expect(lines[block.line - 1]).toMatch(/server|VirtualHost|\{$|:/i);
      expect(block.listens.length).toBeGreaterThan(0);
    }
  });
});
