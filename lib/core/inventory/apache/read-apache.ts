import type { ConfigDirective } from '../config-directive';
import {
  isManagedPath,
  type ServedAddress,
  type ServedBlock,
  type ServerInventory,
} from '../server-inventory';
import type { SourceTree } from '../source-tree';
import { expandApache } from './expand-apache';

type Found = Pick<ServerInventory, 'blocks' | 'sockets' | 'gaps' | 'admin' | 'above'>;

/** Apache's virtual hosts and listening sockets in the order in which it reads them. */
export function readApache(tree: SourceTree): Found {
  const { directives, gaps } = expandApache(tree);
  const main = settings(directives);
  return {
    blocks: directives.filter(isHost).map((host) => served(host, main, tree)),
    sockets: named(directives, 'listen').flatMap(({ words, file, line }) => {
      const [address, port] = split(words[1] ?? '');
      return port === 0 ? [] : [{ address, port, file, line }];
    }),
    gaps: [...gaps],
    admin: null,
    above: [],
  };
}

const named = (directives: readonly ConfigDirective[], name: string) =>
  directives.filter(({ words }) => words[0]?.toLowerCase() === name);
const isHost = ({ words, block }: ConfigDirective) =>
  words[0]?.toLowerCase() === 'virtualhost' && block !== null;

interface Settings {
  readonly tls: boolean | null;
  readonly http2: boolean | null;
  readonly tlsVersions: string[] | null;
}

function settings(directives: readonly ConfigDirective[]): Settings {
  const last = (name: string) => named(directives, name).at(-1)?.words.slice(1);
  const [engine, protocols] = [last('sslengine'), last('protocols')];
  return {
    tls: engine ? engine[0]?.toLowerCase() !== 'off' : null,
    http2: protocols ? protocols.some((word) => word.toLowerCase() === 'h2') : null,
    tlsVersions: last('sslprotocol') ?? null,
  };
}

function served(host: ConfigDirective, main: Settings, tree: SourceTree): ServedBlock {
  const inside = host.block ?? [];
  const own = settings(inside);
  const names = [
    ...named(inside, 'servername')
      .slice(-1)
      .map(({ words }) => plainName(words[1] ?? '')),
    ...named(inside, 'serveralias').flatMap(({ words }) => words.slice(1).map((word) => word.toLowerCase())),
  ];
  const flags: Omit<ServedAddress, 'address' | 'port'> = {
    tls: own.tls ?? main.tls ?? false,
    isDefault: false,
    http2: own.http2 ?? main.http2 ?? false,
  };
  return {
    file: host.file,
    real: tree.files.get(host.file)?.real ?? host.file,
    line: host.line,
    endLine: host.endLine,
    names,
    listens: host.words.slice(1).map((word) => {
      const [address, port] = split(word);
      return { address, port, ...flags };
    }),
    path: '',
    upstream: upstreamOf(inside),
    tlsVersions: own.tlsVersions ?? main.tlsVersions,
    managed: isManagedPath(tree.files.get(host.file)?.real ?? host.file),
  };
}

/** `*:80`, `_default_:443`, `10.0.0.1`, `[::1]:80`, `80`: address and port, 0 where any port is meant. */
function split(word: string): readonly [string, number] {
  if (/^\d+$/.test(word)) return ['*', Number(word)];
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d+|\*))?$/.exec(word) ?? [];
  const any = host === '*' || host.toLowerCase() === '_default_' || host === '0.0.0.0' || host === '[::]';
  return [any ? '*' : host.toLowerCase(), port === '' || port === '*' ? 0 : Number(port)];
}

/** A ServerName may say scheme and port, which count for nothing here. */
const plainName = (word: string): string =>
  word
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+$/, '');

function upstreamOf(directives: readonly ConfigDirective[]): string | null {
  for (const { words, block } of directives) {
    const name = words[0]?.toLowerCase();
    if (name === 'proxypass') return words.slice(1).find((word) => word.includes('://')) ?? null;
    const inside = block === null ? null : upstreamOf(block);
    if (inside !== null) return inside;
  }
  return null;
}
