import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServedBlock, ServerInventory } from './server-inventory';
import { type Ask, winnerOf } from './winner-of';

let line = 0;
/** `names @ address:port …`, each block on a line of its own. */
function block(text: string, more: Partial<ServedBlock> = {}): ServedBlock {
  const [names = '', ...listens] = text.split(' @ ');
  line += 1;
  return {
    file: '/f',
    real: '/f',
    line,
    endLine: line,
    names: names.split(' ').filter(Boolean),
    listens: listens.map((each) => {
      const [, address = '', port = '', flag] = /^(.*):(\d+|\*)( default)?$/.exec(each) ?? [];
      return {
        address,
        port: port === '*' ? 0 : Number(port),
        tls: false,
        isDefault: Boolean(flag),
        http2: false,
      };
    }),
    path: '',
    upstream: null,
    tlsVersions: null,
    managed: false,
    ...more,
  };
}

function winner(
  server: ServerInventory['server'],
  blocks: ServedBlock[],
  name: string | null,
  address: string | null = null,
  more: Partial<Ask> = {},
) {
  const found = winnerOf({ server, blocks }, { address, family: 4, port: 80, name, ...more });
  return found.kind === 'block' ? blocks.indexOf(found.block) : found.kind;
}

describe('who answers', () => {
  it('nginx: the exact address beats the wildcard listen even where no name matches', () => {
    const blocks = [block('ci.test @ *:80'), block('old.test @ 10.0.0.1:80')];
    expect(winner('nginx', blocks, 'ci.test')).toBe(0);
    expect(winner('nginx', blocks, 'ci.test', '10.0.0.1')).toBe(1);
    expect(winner('nginx', blocks, 'old.test')).toBe(0);
    expect(winner('nginx', blocks, 'ci.test', null, { family: 6 })).toBe('none');
  });

  it('nginx: exact, longest leading wildcard, longest trailing wildcard, first expression, default', () => {
    const blocks = [
      block('~^a\\.b @ *:80'),
      block('a.* @ *:80'),
      block('a.b.* @ *:80'),
      block('*.test @ *:80'),
      block('*.c.test @ *:80'),
      block('a.b.c.test @ *:80'),
      block('_ @ *:80 default'),
    ];
    const without = (index: number) => blocks.filter((_, at) => at < index || at === 6);
    expect(winner('nginx', blocks, 'a.b.c.test')).toBe(5);
    expect(winner('nginx', without(5), 'a.b.c.test')).toBe(4);
    expect(winner('nginx', without(4), 'a.b.c.test')).toBe(3);
    expect(winner('nginx', without(3), 'a.b.c.test')).toBe(2);
    expect(winner('nginx', without(2), 'a.b.c.test')).toBe(1);
    expect(winner('nginx', without(1), 'a.b.c.test')).toBe(0);
    expect(winner('nginx', blocks, 'nobody.org')).toBe(6);
    expect(winner('nginx', [block('b @ *:80'), block('b @ *:80')], 'b')).toBe(0);
    expect(winner('nginx', [block('~(?R) @ *:80')], 'x')).toBe('unclear');
  });

  it('Apache: the address decides first, then the order of the files, whatever kind of name it is', () => {
    const blocks = [
      block('x @ *:*'),
      block('*.test @ *:80'),
      block('ci.test @ *:80'),
      block('ci.test @ 10.0.0.1:*'),
      block('ci.test @ 10.0.0.1:80'),
    ];
    expect(winner('apache', blocks, 'ci.test')).toBe(1);
    expect(winner('apache', blocks, 'ci.test', '10.0.0.1')).toBe(4);
    expect(winner('apache', blocks.slice(0, 4), 'ci.test', '10.0.0.1')).toBe(3);
    expect(winner('apache', blocks.slice(0, 1), 'other')).toBe(0);
    expect(winner('apache', blocks.slice(1, 2), 'other')).toBe(0);
    expect(winner('apache', blocks.slice(1, 2), 'other', null, { port: 81 })).toBe('main');
  });

  it('Caddy: exact, one-label wildcard, any; the longer path; the first read of equal ones', () => {
    const blocks = [
      block(' @ *:80', { names: [''] }),
      block('*.test @ *:80'),
      block('ci.test @ *:80'),
      block('ci.test @ *:80'),
    ];
    expect(winner('caddy', blocks, 'ci.test')).toBe(2);
    expect(winner('caddy', blocks, 'a.test')).toBe(1);
    expect(winner('caddy', blocks, 'a.b.test')).toBe(0);
    const deep = [block('ci.test @ *:80'), block('ci.test @ *:80', { path: '/job/*' })];
    expect(winner('caddy', deep, 'ci.test', null, { path: '/job/1' })).toBe(1);
    expect(winner('caddy', deep, 'ci.test')).toBe(0);
    const bound = [block('ci.test @ *:80'), block('old.test @ 10.0.0.1:80')];
    expect(winner('caddy', bound, 'ci.test', '10.0.0.1')).toBe('none');
  });

  const hosts = fc.constantFrom('a.test', 'b.test', '*.test', 'a.*', '');
  const places = fc.constantFrom('*:80', '10.0.0.1:80', '*:443');
  const anyBlock = fc.tuple(hosts, places).map(([host, place]) => block(`${host} @ ${place}`));
  const servers = fc.constantFrom('nginx' as const, 'apache' as const, 'caddy' as const);
  const asks = fc.record({
    address: fc.constantFrom(null, '10.0.0.1'),
    family: fc.constant(4 as const),
    port: fc.constantFrom(80, 443),
    name: fc.constantFrom('a.test', 'b.test', 'c.test', null),
  });

  it('is a block that listens there, and blocks of other ports change nothing', () => {
    fc.assert(
      fc.property(servers, fc.array(anyBlock, { maxLength: 8 }), asks, (server, blocks, ask) => {
        const found = winnerOf({ server, blocks }, ask);
        const here = blocks.filter(({ listens }) => listens.some(({ port }) => port === ask.port));
        expect(winnerOf({ server, blocks: here }, ask)).toEqual(found);
        if (found.kind !== 'block') return;
        expect(
          found.block.listens.some(
            ({ address, port }) => port === ask.port && (address === '*' || address === ask.address),
          ),
        ).toBe(true);
      }),
    );
  });

  it('does not change by a block that is read later and ranks no higher', () => {
    fc.assert(
      fc.property(
        servers,
        fc.array(anyBlock, { minLength: 1, maxLength: 8 }),
        asks,
        (server, blocks, ask) => {
          const found = winnerOf({ server, blocks }, ask);
          if (found.kind !== 'block') return;
          expect(winnerOf({ server, blocks: [...blocks, { ...found.block, line: 9999 }] }, ask)).toEqual(
            found,
          );
        },
      ),
    );
  });
});
