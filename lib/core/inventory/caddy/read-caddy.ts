import type { ConfigDirective, ParsedConfig } from '../config-directive';
import {
  type InventoryGap,
  isManagedPath,
  type ServedAddress,
  type ServedBlock,
  type ServerInventory,
} from '../server-inventory';
import { matchPaths, type SourceTree } from '../source-tree';
import { parseCaddyfile } from './parse-caddyfile';
import { siteAddress } from './site-address';

type Found = Pick<ServerInventory, 'blocks' | 'sockets' | 'gaps' | 'admin' | 'above'>;
const maxDepth = 32;

/** The site blocks of a Caddyfile and of what it imports, in the order in which Caddy reads them. */
export function readCaddy(tree: SourceTree): Found {
  const gaps: InventoryGap[] = [];
  const parsed = new Map<string, ParsedConfig>();
  const top = (path: string, depth: number): ConfigDirective[] => {
    const file = tree.files.get(path);
    if (!file) {
      gaps.push({ path, line: null, message: 'is missing or was not read' });
      return [];
    }
    if (depth > maxDepth) return [];
    const config = parsed.get(path) ?? parseCaddyfile(file.text, path, tree.variables);
    if (!parsed.has(path) && config.error) gaps.push({ path, ...config.error });
    parsed.set(path, config);
    return config.directives.flatMap((directive) => {
      const [name, pattern = ''] = directive.words;
      if (name !== 'import' || directive.block !== null) return [directive];
      // Relative to the file that says it.
      const from = path.slice(0, path.lastIndexOf('/'));
      const found = matchPaths(tree, pattern.startsWith('/') ? pattern : `${from}/${pattern}`);
      return found.flatMap((each) => top(each, depth + 1));
    });
  };
  const directives = tree.main === null ? [] : top(tree.main, 0);
  const global = directives.find(({ words, block }) => words.length === 0 && block !== null)?.block ?? [];
  const snippets = new Map(
    directives.flatMap(({ words: [name = ''], block }) =>
      /^\(.+\)$/.test(name) && block ? [[name.slice(1, -1), block] as const] : [],
    ),
  );
  const ports = { http: portOf(global, 'http_port', 80), https: portOf(global, 'https_port', 443) };
  const noHttps = global.some(({ words: [name, value] }) => name === 'auto_https' && value === 'off');
  const bound = global.find(({ words: [name] }) => name === 'default_bind')?.words.slice(1) ?? [];
  return {
    blocks: sites(directives).flatMap((site) => served(site, { ports, noHttps, bound, snippets, tree })),
    sockets: [],
    gaps,
    admin: global.find(({ words: [name] }) => name === 'admin')?.words[1] ?? null,
    above: [],
  };
}

const portOf = (global: readonly ConfigDirective[], name: string, otherwise: number): number => {
  const port = Number(global.find(({ words }) => words[0] === name)?.words[1]);
  return Number.isInteger(port) && port > 0 ? port : otherwise;
};

/** A file without braces is one site: its first line is the address, the rest its directives. */
function sites(directives: readonly ConfigDirective[]): ConfigDirective[] {
  const blocks = directives.filter(
    ({ words, block }) => words.length > 0 && block !== null && !words[0]?.startsWith('('),
  );
  if (blocks.length > 0) return blocks;
  const [first, ...rest] = directives.filter(({ words }) => words.length > 0 && !words[0]?.startsWith('('));
  const last = rest.at(-1) ?? first;
  return first && last ? [{ ...first, block: rest, endLine: last.endLine, end: last.end }] : [];
}

interface Surroundings {
  readonly ports: { readonly http: number; readonly https: number };
  readonly noHttps: boolean;
  readonly bound: readonly string[];
  readonly snippets: ReadonlyMap<string, readonly ConfigDirective[]>;
  readonly tree: SourceTree;
}

function served(
  site: ConfigDirective,
  { ports, noHttps, bound, snippets, tree }: Surroundings,
): ServedBlock[] {
  const inside = withSnippets(site.block ?? [], snippets, 0);
  const binds = inside.find(({ words: [name] }) => name === 'bind')?.words.slice(1) ?? bound;
  const keys = site.words.flatMap((word) => word.split(',')).filter((key) => key !== '');
  const real = tree.files.get(site.file)?.real ?? site.file;
  const base = {
    file: site.file,
    real,
    line: site.line,
    endLine: site.endLine,
    upstream: upstreamOf(inside),
    tlsVersions: null,
    managed: isManagedPath(real),
  };
  // Keys with a path win their path only: they are told apart from those without.
  const byPath = new Map<string, { names: string[]; listens: ServedAddress[] }>();
  for (const key of keys) {
    const address = siteAddress(key, ports, noHttps);
    if (address === null) continue;
    const found = byPath.get(`${address.path} ${address.port}`) ?? { names: [], listens: [] };
    byPath.set(`${address.path} ${address.port}`, found);
    if (address.host !== '') found.names.push(address.host);
    else found.names.push('');
    for (const bind of binds.length > 0 ? binds : ['*']) {
      const where = {
        address: bind === '0.0.0.0' ? '*' : bind,
        port: address.port,
        tls: address.tls,
        isDefault: false,
        http2: address.tls,
      };
      if (!found.listens.some((each) => each.address === where.address)) found.listens.push(where);
    }
  }
  return [...byPath].map(([key, { names, listens }]) => ({
    ...base,
    names,
    listens,
    path: key.slice(0, key.lastIndexOf(' ')),
  }));
}

function withSnippets(
  block: readonly ConfigDirective[],
  snippets: ReadonlyMap<string, readonly ConfigDirective[]>,
  depth: number,
): ConfigDirective[] {
  return block.flatMap((directive) => {
    const [name, snippet = ''] = directive.words;
    const body = name === 'import' ? snippets.get(snippet) : undefined;
    return body && depth < maxDepth ? withSnippets(body, snippets, depth + 1) : [directive];
  });
}

function upstreamOf(directives: readonly ConfigDirective[]): string | null {
  for (const { words, block } of directives) {
    if (words[0] === 'reverse_proxy' || words[0] === 'php_fastcgi') {
      const target = words.slice(1).find((word) => !/^[@/*]/.test(word));
      if (target) return target;
    }
    const inside = block === null ? null : upstreamOf(block);
    if (inside !== null) return inside;
  }
  return null;
}
