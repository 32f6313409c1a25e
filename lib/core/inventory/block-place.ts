import type { ServerKind } from '../web-server/render-target';
import { parseApache } from './apache/parse-apache';
import { parseCaddyfile } from './caddy/parse-caddyfile';
import type { ConfigDirective } from './config-directive';
import { parseNginx } from './nginx/parse-nginx';
import type { ServedBlock } from './server-inventory';

/** The lines that a block has to itself in its file, in UTF-16 units, the last line's end included; or why it cannot be told apart. */
export type BlockPlace = { readonly start: number; readonly end: number } | { readonly reason: string };

const parsers = { nginx: parseNginx, apache: parseApache, caddy: parseCaddyfile } as const;

/** Sections that only say whether what is in them counts; a block in any other one is not a thing of its own. */
const transparent: Readonly<Record<ServerKind, ReadonlySet<string>>> = {
  nginx: new Set(['http']),
  apache: new Set(['ifmodule', 'ifdefine', 'ifversion']),
  caddy: new Set(),
};

/** The position of an inventory's block in the text of its file. */
export function blockPlace(
  server: ServerKind,
  text: string,
  { real, line, endLine }: Pick<ServedBlock, 'real' | 'line' | 'endLine'>,
): BlockPlace {
  const { directives } = parsers[server](text, real);
  const found = candidates(server, directives).filter(
    (each) => each.line === line && each.endLine === endLine,
  );
  const [block] = found;
  if (block === undefined)
    return {
      reason: 'its lines do not stand for it alone (a macro, or a file that is one site without braces)',
    };
  const start = text.lastIndexOf('\n', block.start - 1) + 1;
  const stop = text.indexOf('\n', block.end);
  const end = stop === -1 ? text.length : stop + 1;
  const alone =
    text.slice(start, block.start).trim() === '' && /^\s*(?:#.*)?\s*$/.test(text.slice(block.end, end));
  if (found.length > 1 || !alone) return { reason: 'it shares a line with other text' };
  return { start, end };
}

function candidates(server: ServerKind, directives: readonly ConfigDirective[]): ConfigDirective[] {
  return directives.flatMap((directive) => {
    const name = (directive.words[0] ?? '').toLowerCase();
    if (directive.block === null) return [];
    if (transparent[server].has(name)) return candidates(server, directive.block);
    const wanted = {
      nginx: name === 'server',
      apache: name === 'virtualhost',
      caddy: name !== '' && !name.startsWith('('),
    };
    return wanted[server] ? [directive] : [];
  });
}
