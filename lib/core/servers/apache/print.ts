import type { LineOrigin } from '../types';
import type { ApacheNode } from './directive';

/** Variable that stands for a literal dollar sign in front of a brace, see `quoteArgument`. */
const dollarVariable = 'gatehouse_dollar';

/**
 * Prints a tree. The only place that quotes.
 * @returns text with LF line ends and a final newline, and the origin of every line.
 */
export function printApache(nodes: readonly ApacheNode[]): { content: string; lines: LineOrigin[] } {
  const lines: string[] = [];
  const origins: LineOrigin[] = [];
  const put = (depth: number, text: string, origin: LineOrigin) => {
    lines.push(text === '' ? '' : '    '.repeat(depth) + text);
    origins.push(origin);
  };
  const visit = (node: ApacheNode, depth: number): void => {
    if (node.kind === 'blank' || node.kind === 'comment') {
      put(depth, node.kind === 'blank' ? '' : `# ${commentText(node.text)}`, { path: null, why: '' });
      return;
    }
    const words = [node.name, ...node.args.map(quoteArgument)].join(' ');
    if (node.kind === 'directive') {
      put(depth, words, node.origin);
      return;
    }
    put(depth, `<${words}>`, node.origin);
    for (const child of node.children) visit(child, depth + 1);
    put(depth, `</${node.name}>`, node.origin);
  };
  for (const node of nodes) visit(node, 0);
  const content = `${lines.join('\n')}\n`;
  // Defined only where it is used: Define is global to the server.
  if (!content.includes(`\${${dollarVariable}}`)) return { content, lines: origins };
  return {
    content: `Define ${dollarVariable} "$"\n${content}`,
    lines: [{ path: null, why: 'a literal $ in front of { would be read as a variable' }, ...origins],
  };
}

/**
 * One argument as it must stand in the file (server/util.c: ap_getword_conf, ap_resolve_env). Inside double quotes only `\"` and
 * `\\` are escapes. `${name}` is replaced in the whole line before words are split and has no escape, so its dollar sign comes from
 * a variable: replaced text is not looked at again.
 */
export function quoteArgument(value: string): string {
  if (/^[A-Za-z0-9_.,:+=!*@/-]+$/.test(value)) return value;
  const escaped = value.replaceAll(/"|\\(?=[\\"]|$)/g, '\\$&').replaceAll('${', `\${${dollarVariable}}{`);
  return `"${escaped}"`;
}

/** A comment must stay on its line: no control characters, and no backslash at the end, which would join the next line. */
function commentText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[\\\s]+$/, '');
}
