import type { ConfigDirective, ParsedConfig } from '../config-directive';

interface Line {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly start: number;
  readonly end: number;
}

interface Open {
  readonly words: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly children: ConfigDirective[];
}

/**
 * Reads a file as httpd does (server/config.c, ap_getword_conf), with the place of each directive; a section's first word is its name. Variables
 * stay as they are written. Total: what httpd would refuse ends the reading, and says where.
 */
export function parseApache(text: string, file: string): ParsedConfig {
  const root: ConfigDirective[] = [];
  const open: Open[] = [];
  for (const each of logicalLines(text)) {
    const content = each.text.trim();
    if (content === '' || content.startsWith('#')) continue;
    const into = open.at(-1)?.children ?? root;
    if (content.startsWith('</')) {
      const section = open.pop();
      const name = /^<\/([^>\s]+)/.exec(content)?.[1]?.toLowerCase();
      if (section === undefined || name !== section.words[0]?.toLowerCase())
        return { directives: root, error: { line: each.line, message: `unexpected ${content}` } };
      const { words, line, start, children } = section;
      (open.at(-1)?.children ?? root).push({
        words,
        file,
        line,
        start,
        endLine: each.endLine,
        end: each.end,
        block: children,
      });
    } else if (content.startsWith('<')) {
      const end = content.lastIndexOf('>');
      if (end === -1) return { directives: root, error: { line: each.line, message: `${content} has no >` } };
      open.push({
        words: splitWords(content.slice(1, end)),
        line: each.line,
        start: each.start,
        children: [],
      });
    } else into.push({ words: splitWords(content), file, ...placeOf(each), block: null });
  }
  const last = open.at(-1);
  return {
    directives: root,
    error: last ? { line: last.line, message: `<${last.words[0] ?? ''}> is not closed` } : null,
  };
}

const placeOf = ({ line, endLine, start, end }: Line) => ({ line, endLine, start, end });

/** Lines with what a backslash at their end continues. */
function logicalLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let [at, number] = [0, 0];
  let pending: { text: string; line: number; start: number } | null = null;
  for (const raw of text.split('\n')) {
    number++;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const end = at + raw.length;
    const from: { text: string; line: number; start: number } = pending ?? {
      text: '',
      line: number,
      start: at,
    };
    if (line.endsWith('\\')) pending = { ...from, text: from.text + line.slice(0, -1) };
    else {
      const whole = from.text + line;
      const blank = whole.length - whole.trimStart().length;
      lines.push({
        text: whole,
        line: from.line,
        endLine: number,
        start: from.start + (pending ? 0 : blank),
        end,
      });
      pending = null;
    }
    at = end + 1;
  }
  return lines;
}

function splitWords(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(line[at] ?? '')) at++;
    const first = line[at];
    if (first === undefined) return words;
    const quote = first === '"' || first === "'" ? first : null;
    if (quote) at++;
    let word = '';
    for (;;) {
      const char = line[at];
      if (char === undefined || (quote ? char === quote : /\s/.test(char))) break;
      const next = line[at + 1];
      if (char === '\\' && (next === '\\' || (quote !== null && next === quote))) at++;
      word += line[at];
      at++;
    }
    if (quote) at++;
    words.push(word);
  }
}
