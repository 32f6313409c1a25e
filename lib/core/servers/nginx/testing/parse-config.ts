import type { ParsedDirective } from '../../conformance/parsed-directive';

/**
 * Reads a configuration the way nginx does, written from `ngx_conf_read_token` and knowing nothing of our printer: the judge in tests of what
 * a value can do. Throws where nginx would refuse the file.
 */
export function parseConfig(text: string): readonly ParsedDirective[] {
  const state = { at: 0 };
  const directives = readBlock(text, state);
  if (state.at < text.length) throw new Error(`unexpected "}" at ${state.at}`);
  return directives;
}

/** How many words a directive has. The closing parenthesis of an `if` is a word of its own only after a quoted word, which means the same. */
export function wordCount(words: readonly string[]): number {
  return words[0] === 'if' && words.at(-1) === ')' ? words.length - 1 : words.length;
}

interface State {
  at: number;
}

const space = new Set([' ', '\t', '\r', '\n']);

function readBlock(text: string, state: State): ParsedDirective[] {
  const directives: ParsedDirective[] = [];
  for (;;) {
    skipSpace(text, state);
    if (state.at >= text.length || text[state.at] === '}') return directives;
    directives.push(readDirective(text, state));
  }
}

function skipSpace(text: string, state: State): void {
  for (;;) {
    while (space.has(text[state.at] ?? '')) state.at++;
    if (text[state.at] !== '#') return;
    while (state.at < text.length && text[state.at] !== '\n') state.at++;
  }
}

function readDirective(text: string, state: State): ParsedDirective {
  const words: string[] = [];
  for (;;) {
    skipSpace(text, state);
    const char = text[state.at];
    if (char === undefined) throw new Error('unexpected end of file, expecting ";" or "}"');
    if (char === ';' || char === '{') {
      if (words.length === 0) throw new Error(`unexpected "${char}"`);
      state.at++;
      if (char === ';') return { words, block: null };
      const block = readBlock(text, state);
      if (text[state.at] !== '}') throw new Error('unexpected end of file, expecting "}"');
      state.at++;
      return { words, block };
    }
    if (char === '}') throw new Error('unexpected "}"');
    words.push(char === '"' || char === "'" ? readQuoted(text, state, char) : readBare(text, state));
  }
}

function readQuoted(text: string, state: State, quote: string): string {
  const start = ++state.at;
  while (text[state.at] !== quote) {
    if (state.at >= text.length) throw new Error('unexpected end of file in a quoted word');
    state.at += text[state.at] === '\\' ? 2 : 1;
  }
  const word = unescaped(text.slice(start, state.at));
  state.at++;
  const next = text[state.at] ?? '';
  if (!space.has(next) && next !== ';' && next !== '{' && next !== ')')
    throw new Error(`unexpected "${next}" after a quoted word`);
  return word;
}

function readBare(text: string, state: State): string {
  const start = state.at;
  for (;;) {
    const char = text[state.at];
    if (char === undefined) throw new Error('unexpected end of file in a word');
    if (char === '$' && text[state.at + 1] === '{') state.at += 2;
    else if (space.has(char) || char === ';' || char === '{') return unescaped(text.slice(start, state.at));
    else state.at += char === '\\' ? 2 : 1;
  }
}

function unescaped(word: string): string {
  return word.replace(/\\(["'\\trn])/g, (_, char: string) => ({ t: '\t', r: '\r', n: '\n' })[char] ?? char);
}
