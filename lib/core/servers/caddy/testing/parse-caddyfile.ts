import type { ParsedDirective } from '../../conformance/parsed-directive';

interface Token {
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

/**
 * Reads a Caddyfile the way Caddy does, written from caddyconfig/caddyfile/lexer.go and parse.go and knowing nothing of our printer: the
 * judge in tests of what a value can do. Throws where Caddy would refuse the file, and where an environment variable would be read.
 */
export function parseCaddyfile(text: string): readonly ParsedDirective[] {
  if (/\{\$[^}]+\}/.test(text)) throw new Error('an environment variable would be put in');
  const tokens = lex(text);
  let at = 0;
  const read = (depth: number): ParsedDirective[] => {
    const directives: ParsedDirective[] = [];
    for (;;) {
      const token = tokens[at];
      if (token === undefined) {
        if (depth > 0) throw new Error('unexpected end of file, a block is open');
        return directives;
      }
      if (token.text === '}') {
        if (depth === 0) throw new Error(`unexpected } on line ${token.line}`);
        at++;
        return directives;
      }
      const words: string[] = [];
      let block: ParsedDirective[] | null = null;
      const { line } = token;
      // A comma carries on to the next line between the addresses of a site only (parse.go, `addresses`), not after a directive's word.
      while (tokens[at]?.line === line || (depth === 0 && words.at(-1)?.endsWith(','))) {
        const next = tokens[at];
        if (next === undefined) break;
        at++;
        if (next.text === '{' && (tokens[at] === undefined || tokens[at]?.line !== line)) {
          block = read(depth + 1);
          break;
        }
        words.push(next.text);
      }
      directives.push({ words, block });
    }
  };
  return read(0);
}

function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') line++;
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (char === '#') {
      while (at < text.length && text[at] !== '\n') at++;
      continue;
    }
    const start = line;
    let value = '';
    if (char === '"' || char === '`') {
      at++;
      for (;;) {
        const next = text[at];
        if (next === undefined) throw new Error(`quote of line ${start} is not closed`);
        if (next === char) break;
        if (char === '"' && next === '\\' && text[at + 1] === '"') at++;
        if (text[at] === '\n') line++;
        value += text[at];
        at++;
      }
      at++;
      tokens.push({ text: value, line: start, quoted: true });
      continue;
    }
    while (at < text.length && !/\s/.test(text[at] ?? '')) {
      value += text[at];
      at++;
    }
    if (value.startsWith('<<')) throw new Error(`heredoc on line ${start}`);
    tokens.push({ text: value, line: start, quoted: false });
  }
  return tokens;
}
