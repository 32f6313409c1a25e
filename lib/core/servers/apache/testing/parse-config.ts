import type { ParsedDirective } from '../../conformance/parsed-directive';

/**
 * Reads a configuration the way httpd does, written from server/config.c and server/util.c and knowing nothing of our printer: the judge in
 * tests of what a value can do. Throws where httpd would refuse the file, and where a variable is not defined.
 */
export function parseConfig(text: string): readonly ParsedDirective[] {
  const defined = new Map<string, string>();
  const root: ParsedDirective[] = [];
  const stack: { name: string; children: ParsedDirective[] }[] = [{ name: '', children: root }];
  for (const raw of logicalLines(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const resolved = resolveVariables(line, defined);
    const top = stack.at(-1);
    if (top === undefined) throw new Error('unbalanced sections');
    if (resolved.startsWith('</')) {
      const name = /^<\/([A-Za-z]+)>$/.exec(resolved)?.[1];
      if (stack.length < 2 || name !== top.name) throw new Error(`unexpected ${resolved} in <${top.name}>`);
      stack.pop();
      continue;
    }
    if (resolved.startsWith('<')) {
      // A section ends at the last `>` of its line, as ap_strrchr finds it.
      const end = resolved.lastIndexOf('>');
      if (end === -1) throw new Error(`section without > in ${resolved}`);
      if (end !== resolved.length - 1) throw new Error(`text after > in ${resolved}`);
      const words = splitWords(resolved.slice(1, end));
      const children: ParsedDirective[] = [];
      top.children.push({ words, block: children });
      stack.push({ name: words[0] ?? '', children });
      continue;
    }
    const words = splitWords(resolved);
    if (words[0] === 'Define') defined.set(words[1] ?? '', words[2] ?? '');
    top.children.push({ words, block: null });
  }
  if (stack.length !== 1) throw new Error(`<${stack.at(-1)?.name}> was not closed`);
  return root;
}

function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let pending = '';
  for (const line of text.split('\n')) {
    if (line.endsWith('\\')) {
      pending += line.slice(0, -1);
      continue;
    }
    lines.push(pending + line);
    pending = '';
  }
  if (pending !== '') lines.push(pending);
  return lines;
}

function resolveVariables(line: string, defined: ReadonlyMap<string, string>): string {
  let result = '';
  let rest = line;
  for (;;) {
    const start = rest.indexOf('${');
    const end = start === -1 ? -1 : rest.indexOf('}', start + 2);
    if (end === -1) return result + rest;
    const value = defined.get(rest.slice(start + 2, end));
    if (value === undefined) throw new Error(`undefined variable ${rest.slice(start, end + 1)}`);
    result += rest.slice(0, start) + value;
    rest = rest.slice(end + 1);
  }
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
