import type { ServerKind } from '#core/web-server/render-target';

export type TokenKind =
  | 'directive'
  | 'block'
  | 'string'
  | 'number'
  | 'variable'
  | 'comment'
  | 'punctuation'
  | 'plain';

export interface Token {
  /** Where it begins in the line. */
  readonly at: number;
  readonly kind: TokenKind;
  readonly text: string;
}

interface Grammar {
  /** A line that opens a block. */
  readonly block: RegExp;
  readonly parts: RegExp;
}

/** The parts of a line, in order of preference; the last one takes whatever no other does, so that nothing is lost. */
function partsWith(variable: string): RegExp {
  return new RegExp(
    [
      String.raw`(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')`,
      `(?<variable>${variable})`,
      String.raw`(?<comment>(?<=\s)#.*$)`,
      '(?<punctuation>[{};<>]+)',
      String.raw`(?<number>(?<![\w./:-])\d+(?:\.\d+)*[a-zA-Z%]{0,2}(?![\w./-]))`,
      String.raw`(?<space>\s+)`,
      String.raw`(?<word>[^\s"'{};<>]+)`,
      '(?<other>.)',
    ].join('|'),
    'gsu',
  );
}

const grammars: Record<ServerKind, Grammar> = {
  nginx: { block: /\{\s*$/, parts: partsWith(String.raw`\$(?:\w+|\{\w+\})`) },
  apache: { block: /^\s*<\/?/, parts: partsWith(String.raw`%\{[^}]*\}\w?|\$\d|\$\{\w+\}`) },
  caddy: { block: /\{\s*$/, parts: partsWith(String.raw`\{[\w$.\-]+\}`) },
};

const cache = new Map<string, readonly Token[]>();
/** Enough for every line of a few large sites; beyond it, starting over costs less than keeping count. */
const maxCached = 20_000;

/**
 * Splits one line of a configuration into coloured parts. The printers write one directive per line, so that a line can be read alone:
 * a keystroke costs only the lines that changed, which the whole-file highlighters cannot do.
 */
export function tokenize(server: ServerKind, line: string): readonly Token[] {
  const key = `${server} ${line}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size > maxCached) cache.clear();
  const tokens = read(server, line);
  cache.set(key, tokens);
  return tokens;
}

function read(server: ServerKind, line: string): Token[] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  const tokens: Token[] = indent === '' ? [] : [{ at: 0, kind: 'plain', text: indent }];
  if (rest.startsWith('#')) return [...tokens, { at: indent.length, kind: 'comment', text: rest }];
  const { block, parts } = grammars[server];
  const opens = block.test(line);
  let first = true;
  for (const { groups = {}, index, 0: text } of rest.matchAll(parts)) {
    const at = indent.length + index;
    const kind = kindOf(groups);
    if (first && groups.word !== undefined) {
      tokens.push({ at, kind: opens ? 'block' : 'directive', text });
      first = false;
    } else {
      tokens.push({ at, kind, text });
      if (kind !== 'punctuation' && groups.space === undefined) first = false;
    }
  }
  return tokens;
}

const coloured = ['string', 'variable', 'comment', 'punctuation', 'number'] as const;

function kindOf(groups: Record<string, string | undefined>): TokenKind {
  return coloured.find((kind) => groups[kind] !== undefined) ?? 'plain';
}
