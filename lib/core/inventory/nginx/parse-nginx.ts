import type { ConfigDirective, ParsedConfig } from '../config-directive';

/**
 * Reads a file as nginx does (ngx_conf_read_token), with the place of each directive. Blocks of Lua, which are no directives, are passed over
 * whole, as lua-nginx-module does. Total: what nginx would refuse ends the reading, and says where.
 */
export function parseNginx(text: string, file: string): ParsedConfig {
  const reader = new Reader(text, file);
  try {
    const directives = reader.block(0);
    if (reader.at < text.length) throw new Refused('unexpected "}"');
    return { directives, error: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { directives: reader.done, error: { line: reader.line, message: error.message } };
  }
}

class Refused extends Error {}

const spaces = new Set([' ', '\t', '\r', '\n']);
const maxDepth = 64;

class Reader {
  at = 0;
  line = 1;
  /** The outermost directives that were read whole. */
  done: ConfigDirective[] = [];

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  block(depth: number): ConfigDirective[] {
    if (depth > maxDepth) throw new Refused('blocks are nested too deeply');
    const found: ConfigDirective[] = [];
    if (depth === 0) this.done = found;
    for (;;) {
      this.skip();
      if (this.at >= this.text.length || this.text[this.at] === '}') return found;
      found.push(this.directive(depth));
    }
  }

  private directive(depth: number): ConfigDirective {
    const [start, line] = [this.at, this.line];
    const words: string[] = [];
    const made = (block: ConfigDirective[] | null): ConfigDirective => ({
      words,
      file: this.file,
      line,
      endLine: this.line,
      start,
      end: this.at,
      block,
    });
    for (;;) {
      this.skip();
      const char = this.text[this.at];
      if (char === undefined) throw new Refused('unexpected end of file, expecting ";" or "}"');
      if (char === ';' || char === '{') {
        if (words.length === 0) throw new Refused(`unexpected "${char}"`);
        this.at++;
        if (char === ';') return made(null);
        if (words[0]?.endsWith('_by_lua_block')) {
          this.lua();
          return made([]);
        }
        const block = this.block(depth + 1);
        if (this.text[this.at] !== '}') throw new Refused('unexpected end of file, expecting "}"');
        this.at++;
        return made(block);
      }
      if (char === '}') throw new Refused('unexpected "}"');
      words.push(char === '"' || char === "'" ? this.quoted(char) : this.bare());
    }
  }

  private step(count: number): void {
    for (const end = Math.min(this.at + count, this.text.length); this.at < end; this.at++) {
      if (this.text[this.at] === '\n') this.line++;
    }
  }

  private skip(): void {
    for (;;) {
      while (spaces.has(this.text[this.at] ?? '')) this.step(1);
      if (this.text[this.at] !== '#') return;
      while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
    }
  }

  private quoted(quote: string): string {
    this.at++;
    const start = this.at;
    while (this.text[this.at] !== quote) {
      if (this.at >= this.text.length) throw new Refused('unexpected end of file in a quoted word');
      this.step(this.text[this.at] === '\\' ? 2 : 1);
    }
    const word = unescaped(this.text.slice(start, this.at));
    this.at++;
    const next = this.text[this.at] ?? '';
    if (!spaces.has(next) && next !== ';' && next !== '{' && next !== ')')
      throw new Refused(`unexpected "${next}" after a quoted word`);
    return word;
  }

  private bare(): string {
    const start = this.at;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) throw new Refused('unexpected end of file in a word');
      if (char === '$' && this.text[this.at + 1] === '{') this.step(2);
      else if (spaces.has(char) || char === ';' || char === '{')
        return unescaped(this.text.slice(start, this.at));
      else this.step(char === '\\' ? 2 : 1);
    }
  }

  /** To the brace that closes a block of Lua: braces in its strings and comments do not count. */
  private lua(): void {
    for (let open = 1; open > 0; ) {
      const char = this.text[this.at];
      if (char === undefined) throw new Refused('unexpected end of file in a block of Lua');
      if (char === '{') open++;
      else if (char === '}') open--;
      if (char === '"' || char === "'") this.luaString(char);
      else if (char === '-' && this.text[this.at + 1] === '-') this.luaComment();
      else if (char === '[' && /^\[=*\[/.test(this.text.slice(this.at, this.at + 12))) this.luaLong();
      else this.step(1);
    }
  }

  private luaString(quote: string): void {
    this.step(1);
    while (this.at < this.text.length && this.text[this.at] !== quote)
      this.step(this.text[this.at] === '\\' ? 2 : 1);
    this.step(1);
  }

  private luaComment(): void {
    this.step(2);
    if (/^\[=*\[/.test(this.text.slice(this.at, this.at + 12))) this.luaLong();
    else while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
  }

  private luaLong(): void {
    const opening = /^\[=*\[/.exec(this.text.slice(this.at, this.at + 12))?.[0] ?? '';
    const end = this.text.indexOf(opening.replaceAll('[', ']'), this.at);
    this.step((end === -1 ? this.text.length : end + opening.length) - this.at);
  }
}

function unescaped(word: string): string {
  return word.replace(/\\(["'\\trn])/g, (_, char: string) => ({ t: '\t', r: '\r', n: '\n' })[char] ?? char);
}
