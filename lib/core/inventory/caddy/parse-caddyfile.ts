import type { ConfigDirective, ParsedConfig } from '../config-directive';

interface Token {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly endLine: number;
  readonly quoted: boolean;
}

/**
 * Reads a Caddyfile as Caddy does (caddyconfig/caddyfile/lexer.go, parse.go), with the place of each line. `values` are put in for `{$NAME}` and
 * `{$NAME:otherwise}`; unknown ones without an otherwise become nothing, as in Caddy. Total: what Caddy would refuse ends the reading, and says where.
 */
export function parseCaddyfile(
  text: string,
  file: string,
  values: ReadonlyMap<string, string> = new Map(),
): ParsedConfig {
  const { tokens, error } = lex(text);
  const parser = { tokens: tokens.map((token) => ({ ...token, text: filled(token.text, values) })), at: 0 };
  const directives = readBlock(parser, file, 0);
  const left = parser.tokens[parser.at];
  return { directives, error: error ?? (left ? { line: left.line, message: 'unexpected }' } : null) };
}

const filled = (text: string, values: ReadonlyMap<string, string>): string =>
  text.includes('{$')
    ? text.replace(
        /\{\$([^}:]+)(?::([^}]*))?\}/g,
        (_, name: string, otherwise: string | undefined) => values.get(name) ?? otherwise ?? '',
      )
    : text;

function readBlock(
  parser: { tokens: readonly Token[]; at: number },
  file: string,
  depth: number,
): ConfigDirective[] {
  const directives: ConfigDirective[] = [];
  const peek = () => parser.tokens[parser.at];
  for (let token = peek(); token !== undefined; token = peek()) {
    if (token.text === '}' && !token.quoted) {
      if (depth === 0) return directives;
      return directives;
    }
    const { start, line } = token;
    const words: string[] = [];
    let block: ConfigDirective[] | null = null;
    let last = token;
    for (let next = peek(); next !== undefined; next = peek()) {
      const onLine = next.line === last.endLine || words.length === 0;
      // A comma at the end of a key list goes on with the next line.
      if (!onLine && !(depth === 0 && words.at(-1)?.endsWith(','))) break;
      if (next.text === '}' && !next.quoted && words.length > 0) break;
      parser.at++;
      last = next;
      const after = peek();
      if (
        next.text === '{' &&
        !next.quoted &&
        (after === undefined || after.line !== next.line || after.text === '}')
      ) {
        block = readBlock(parser, file, depth + 1);
        const closing = peek();
        if (closing !== undefined) {
          parser.at++;
          last = closing;
        }
        break;
      }
      words.push(next.text);
    }
    directives.push({ words, file, line, start, endLine: last.endLine, end: last.end, block });
  }
  return directives;
}

function lex(text: string): { tokens: Token[]; error: ParsedConfig['error'] } {
  const tokens: Token[] = [];
  let [line, at] = [1, 0];
  const push = (value: string, start: number, from: number, quoted: boolean) =>
    tokens.push({ text: value, line: from, start, end: at, endLine: line, quoted });
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      if (char === '\n') line++;
      at++;
      continue;
    }
    if (char === '#') {
      while (at < text.length && text[at] !== '\n') at++;
      continue;
    }
    const [start, from] = [at, line];
    if (char === '"' || char === '`') {
      let value = '';
      for (at++; text[at] !== char; at++) {
        if (at >= text.length) return { tokens, error: { line: from, message: 'a quote is not closed' } };
        if (char === '"' && text[at] === '\\' && text[at + 1] === '"') at++;
        if (text[at] === '\n') line++;
        value += text[at];
      }
      at++;
      push(value, start, from, true);
      continue;
    }
    while (at < text.length && !/\s/.test(text[at] ?? ''))
      at += text[at] === '\\' && text[at + 1] === '\n' ? 2 : 1;
    const value = text.slice(start, at);
    const marker = /^<<([A-Za-z0-9_-]+)$/.exec(value)?.[1];
    if (marker === undefined) {
      push(value, start, from, false);
      continue;
    }
    const end = new RegExp(`\\n[ \\t]*${marker}(?![A-Za-z0-9_-])`).exec(text.slice(at));
    if (!end) return { tokens, error: { line: from, message: `<<${marker} is not closed` } };
    const stop = at + end.index + end[0].length;
    const body = text.slice(at + 1, at + end.index);
    line += text.slice(at, stop).split('\n').length - 1;
    at = stop;
    push(body, start, from, true);
  }
  return { tokens, error: null };
}
