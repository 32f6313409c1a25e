import type { ConfigDirective } from '../config-directive';
import {
  isManagedPath,
  type ServedAddress,
  type ServedBlock,
  type ServerInventory,
} from '../server-inventory';
import type { SourceTree } from '../source-tree';
import { expandNginx } from './expand-nginx';
import { listenAddresses } from './listen-address';

type Found = Pick<ServerInventory, 'blocks' | 'sockets' | 'gaps' | 'admin' | 'above'>;

/** The server blocks of nginx in the order in which it reads them. */
export function readNginx(tree: SourceTree): Found {
  const { directives, gaps } = expandNginx(tree);
  const http = directives.filter((each) => each.words[0] === 'http').flatMap((each) => each.block ?? []);
  const outer = inherited(http);
  return {
    blocks: http.filter(isServer).map((block) => served(block, outer, tree)),
    sockets: [],
    gaps: [...gaps],
    admin: null,
    above: http
      .filter(({ words: [name = ''] }) => /^(?:add_header|proxy_set_header)$/.test(name))
      .map(({ words, file, line }) => ({ directive: words.slice(0, 2).join(' '), file, line })),
  };
}

const isServer = ({ words, block }: ConfigDirective) => words[0] === 'server' && block !== null;
const named = (directives: readonly ConfigDirective[], name: string) =>
  directives.filter(({ words }) => words[0] === name);
const isOn = (directives: readonly ConfigDirective[], name: string) =>
  named(directives, name).at(-1)?.words[1] === 'on';

interface Inherited {
  readonly http2: boolean;
  readonly tlsVersions: string[] | null;
}

function inherited(directives: readonly ConfigDirective[]): Inherited {
  const versions = named(directives, 'ssl_protocols').at(-1);
  return { http2: isOn(directives, 'http2'), tlsVersions: versions ? versions.words.slice(1) : null };
}

function served(server: ConfigDirective, outer: Inherited, tree: SourceTree): ServedBlock {
  const inside = server.block ?? [];
  const own = inherited(inside);
  const http2 = own.http2 || (outer.http2 && named(inside, 'http2').length === 0);
  const listens = named(inside, 'listen');
  const addresses = listens.flatMap(({ words }) => listenAddresses(words) ?? []);
  const none: ServedAddress[] = [{ address: '*', port: 80, tls: false, isDefault: false, http2: false }];
  const sslOn = isOn(inside, 'ssl');
  return {
    file: server.file,
    real: tree.files.get(server.file)?.real ?? server.file,
    line: server.line,
    endLine: server.endLine,
    names: named(inside, 'server_name').flatMap(({ words }) => words.slice(1).flatMap(serverNames)),
    listens: (listens.length === 0 ? none : addresses).map((each) => ({
      ...each,
      tls: each.tls || sslOn,
      http2: each.http2 || http2,
    })),
    path: '',
    upstream: upstreamOf(inside),
    tlsVersions: own.tlsVersions ?? outer.tlsVersions,
    managed: isManagedPath(tree.files.get(server.file)?.real ?? server.file),
  };
}

/** `.example.com` stands for the name and everything below it. A regular expression keeps its case. */
function serverNames(word: string): string[] {
  if (word.startsWith('~')) return [word];
  const name = word.toLowerCase();
  return name.startsWith('.') ? [name.slice(1), `*${name}`] : [name];
}

const passes = new Set(['proxy_pass', 'uwsgi_pass', 'fastcgi_pass', 'grpc_pass', 'scgi_pass']);

function upstreamOf(directives: readonly ConfigDirective[]): string | null {
  for (const { words, block } of directives) {
    if (passes.has(words[0] ?? '')) return words[1] ?? null;
    const inside = block === null ? null : upstreamOf(block);
    if (inside !== null) return inside;
  }
  return null;
}
