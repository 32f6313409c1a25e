import type { ServedBlock, ServerInventory } from './server-inventory';

/** A request as it arrives. */
export interface Ask {
  /** The local address that it comes to, as configurations write it (`10.0.0.1`, `[::1]`); `null`: one that no block names. */
  readonly address: string | null;
  readonly family: 4 | 6;
  readonly port: number;
  /** In lower case; `null`: one that nobody has, or an address. */
  readonly name: string | null;
  readonly path?: string;
}

/**
 * Who answers. `main`: Apache's own main server, outside of all virtual hosts. `none`: nobody listens, or Caddy has no site for it.
 * `unclear`: a regular expression that cannot be weighed here.
 */
export type Winner =
  | { readonly kind: 'block'; readonly block: ServedBlock; readonly by: 'name' | 'default' }
  | { readonly kind: 'main' | 'none' | 'unclear' };

/**
 * Which block of a server answers a request, by that server's own rules.
 *
 * nginx (ngx_http_find_virtual_server): blocks of the exact local address alone where there are any, even when none has the name; then the exact
 * name, the longest `*.x`, the longest `x.*`, the first regular expression; the first read of equal ones; else default_server or the first.
 * Apache (server/vhost.c): address:port before address:*, *:port, *:*; then the order of the files, in which names and aliases rank alike; else the
 * first of the set. Caddy (httpcaddyfile): blocks bound to the address alone where there are any; then exact, wildcard, any; longer path; order.
 */
export function winnerOf({ server, blocks }: Pick<ServerInventory, 'server' | 'blocks'>, ask: Ask): Winner {
  const set = candidates[server](blocks, ask);
  if (set.length === 0) return { kind: server === 'apache' ? 'main' : 'none' };
  return choices[server](set, ask);
}

type Candidates = (blocks: readonly ServedBlock[], ask: Ask) => readonly ServedBlock[];

const listening =
  (address: string, port: number) =>
  ({ listens }: ServedBlock) =>
    listens.some((each) => each.address === address && each.port === port);

function firstSet(blocks: readonly ServedBlock[], places: readonly (readonly [string, number])[]) {
  for (const [address, port] of places) {
    const set = blocks.filter(listening(address, port));
    if (set.length > 0) return set;
  }
  return [];
}

const candidates: Readonly<Record<ServerInventory['server'], Candidates>> = {
  nginx: (blocks, { address, family, port }) =>
    firstSet(blocks, [...exact(address, port), [family === 4 ? '*' : '[::]', port]]),
  apache: (blocks, { address, port }) =>
    firstSet(blocks, [...exact(address, port), ...exact(address, 0), ['*', port], ['*', 0]]),
  caddy: (blocks, { address, port }) => firstSet(blocks, [...exact(address, port), ['*', port]]),
};

const exact = (address: string | null, port: number): [string, number][] =>
  address === null ? [] : [[address, port]];

const choices: Readonly<
  Record<ServerInventory['server'], (set: readonly ServedBlock[], ask: Ask) => Winner>
> = {
  nginx: chooseNginx,
  apache: (set, { name }) => {
    const named = set.find(({ names }) => name !== null && names.some((each) => matchesAlias(each, name)));
    return answers(named, set[0]);
  },
  caddy: chooseCaddy,
};

const answers = (named: ServedBlock | undefined, otherwise: ServedBlock | undefined): Winner =>
  named
    ? { kind: 'block', block: named, by: 'name' }
    : otherwise
      ? { kind: 'block', block: otherwise, by: 'default' }
      : { kind: 'none' };

function chooseNginx(set: readonly ServedBlock[], { address, family, port, name }: Ask): Winner {
  const here = (each: ServedBlock['listens'][number]) =>
    each.isDefault &&
    each.port === port &&
    (each.address === address || each.address === (family === 4 ? '*' : '[::]'));
  const otherwise = set.find(({ listens }) => listens.some(here)) ?? set[0];
  if (name === null) return answers(undefined, otherwise);
  const plain = set.find(({ names }) => names.includes(name));
  if (plain) return answers(plain, otherwise);
  for (const wildcard of wildcardsFor(name)) {
    const found = set.find(({ names }) => names.includes(wildcard));
    if (found) return answers(found, otherwise);
  }
  for (const block of set) {
    for (const each of block.names) {
      if (!each.startsWith('~')) continue;
      const expression = compiled(each.slice(1));
      if (expression === null) return { kind: 'unclear' };
      if (expression.test(name)) return answers(block, otherwise);
    }
  }
  return answers(undefined, otherwise);
}

/** The wildcards that stand for a name, in the order in which nginx prefers them. */
function wildcardsFor(name: string): string[] {
  const labels = name.split('.');
  const ends = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  const starts = labels
    .slice(1)
    .map((_, index) => `${labels.slice(0, labels.length - 1 - index).join('.')}.*`);
  return [...ends, ...starts];
}

/** PCRE as JavaScript has it, `null` where it has not. nginx takes one with a capital letter as case-insensitive. */
function compiled(source: string): RegExp | null {
  try {
    return new RegExp(source.replaceAll('(?P<', '(?<'), /[A-Z]/.test(source) ? 'i' : '');
  } catch {
    return null;
  }
}

/** Apache's ap_strcasecmp_match: `*` is any run of characters, `?` any one. */
function matchesAlias(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name;
  const source = pattern
    .replace(/[\\^$.|+(){}[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(name);
}

function chooseCaddy(set: readonly ServedBlock[], { name, path = '/' }: Ask): Winner {
  const fits = set.filter((block) => block.path === '' || pathFits(block.path, path));
  const longest = (found: ServedBlock[]) => found.sort((a, b) => b.path.length - a.path.length)[0];
  const labels = name?.split('.') ?? [];
  const hosts =
    name === null
      ? []
      : [name, ...labels.map((_, index) => labels.map((label, at) => (at <= index ? '*' : label)).join('.'))];
  for (const host of hosts) {
    const found = longest(fits.filter(({ names }) => names.includes(host)));
    if (found) return answers(found, undefined);
  }
  const any = longest(fits.filter(({ names }) => names.length === 0 || names.includes('')));
  return answers(undefined, any);
}

const pathFits = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
