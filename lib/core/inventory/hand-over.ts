import type { ServerKind } from '../web-server/render-target';
import { blockPlace } from './block-place';
import type { ServedBlock } from './server-inventory';
import type { SourceTree } from './source-tree';

/** How a plan names a block of somebody else, and a person says which one to take over: `FILE:LINE`. */
export const blockId = ({ file, line }: Pick<ServedBlock, 'file' | 'line'>): string => `${file}:${line}`;

/** Bytes of a file, from 0. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** What taking blocks over does to one path. */
export interface HandedFile {
  readonly path: string;
  /** The file's whole text, and what stays of it; `null`: the path goes as a whole, which for a link leaves the file behind it. */
  readonly text: string;
  readonly rest: string | null;
  /** What is cut out; empty where the path goes as a whole. */
  readonly ranges: readonly ByteRange[];
  readonly blocks: readonly ServedBlock[];
}

export interface HandOver {
  readonly files: readonly HandedFile[];
  readonly refused: readonly { readonly block: ServedBlock; readonly reason: string }[];
}

const roots: Readonly<Record<ServerKind, readonly string[]>> = {
  nginx: ['/etc/nginx/'],
  apache: ['/etc/apache2/', '/etc/httpd/'],
  caddy: ['/etc/caddy/'],
};

/** Directories of which a web server reads whatever is in them, so that a path may go without an include line being left behind. */
const gathered: Readonly<Record<ServerKind, RegExp>> = {
  nginx: /^\/etc\/nginx\/(?:conf\.d|http\.d|vhosts\.d|sites-enabled)\/[^/]+$/,
  apache: /^\/etc\/(?:apache2\/(?:sites-enabled|conf-enabled|conf\.d|vhosts\.d)|httpd\/conf\.d)\/[^/]+$/,
  caddy: /^\/etc\/caddy\/(?:conf\.d|Caddyfile\.d)\/[^/]+$/,
};

/** The paths that a request to a host may name (see `RequestPath`). */
const plainPath = /^(?:\/[A-Za-z0-9._@+-]+)+$/;

/**
 * What has to go so that these blocks are no longer read, and nothing else changes: a file or an enabling link that holds nothing but them, else
 * exactly their lines. Blocks that cannot be told apart from what stays are refused.
 */
export function handOver(server: ServerKind, tree: SourceTree, blocks: readonly ServedBlock[]): HandOver {
  const refused: HandOver['refused'][number][] = [];
  const byFile = new Map<
    string,
    { text: string; blocks: ServedBlock[]; places: { start: number; end: number }[] }
  >();
  for (const block of blocks) {
    const text = tree.files.get(block.file)?.text;
    if (text === undefined) {
      refused.push({ block, reason: 'its file was not read' });
      continue;
    }
    const place = blockPlace(server, text, block);
    if ('reason' in place) {
      refused.push({ block, reason: place.reason });
      continue;
    }
    const found = byFile.get(block.real) ?? { text, blocks: [], places: [] };
    byFile.set(block.real, found);
    found.blocks.push(block);
    // A site block with several addresses is one block of the file.
    if (!found.places.some(({ start }) => start === place.start)) found.places.push(place);
  }
  const files = [...byFile].flatMap(([real, found]): HandedFile[] => {
    const { text, blocks: taken } = found;
    const places = found.places.sort((a, b) => a.start - b.start);
    const rest = without(text, places);
    const whole = wholePath(server, tree, real, rest);
    if (whole !== null) return [{ path: whole, text, rest: null, ranges: [], blocks: taken }];
    if (!roots[server].some((root) => real.startsWith(root)) || !plainPath.test(real)) {
      const reason = `${real} lies outside of ${roots[server].map((root) => root.slice(0, -1)).join(' and ')}`;
      refused.push(...taken.map((block) => ({ block, reason })));
      return [];
    }
    return [{ path: real, text, rest, ranges: places.map((place) => bytes(text, place)), blocks: taken }];
  });
  return { files, refused };
}

function without(text: string, places: readonly { start: number; end: number }[]): string {
  const kept = [...places.map(({ start }) => start), text.length].map((end, index) =>
    text.slice(places[index - 1]?.end ?? 0, end),
  );
  return kept.join('');
}

const size = (text: string): number => new TextEncoder().encode(text).length;
const bytes = (text: string, { start, end }: { start: number; end: number }): ByteRange => ({
  start: size(text.slice(0, start)),
  length: size(text.slice(start, end)),
});

/** The path that goes as a whole, where nothing but comments is left of the file and nobody names it; else `null`. */
function wholePath(server: ServerKind, tree: SourceTree, real: string, rest: string): string | null {
  const reached = [...tree.files.values()].filter((file) => file.real === real).map(({ path }) => path);
  const [path] = reached;
  if (path === undefined || reached.length > 1 || !gathered[server].test(path) || !plainPath.test(path))
    return null;
  const empty = rest.split('\n').every((line) => {
    const text = line.trim();
    return (
      text === '' || text.startsWith('#') || (server === 'apache' && /^<\/?ifmodule\b[^>]*>$/i.test(text))
    );
  });
  return empty && !isNamed(tree, path) ? path : null;
}

/** Whether an include line names this very file: then taking it away would break that line. */
function isNamed(tree: SourceTree, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [...tree.files.values()].some(({ text }) =>
    text
      .split('\n')
      .some((line) => /^\s*(?:include|includeoptional|import)\s/i.test(line) && line.includes(name)),
  );
}
