import { newSink, printShared, type Sink } from '../print-shared';
import type { LineOrigin } from '../types';
import { type ApacheNode, because } from './directive';

/** Comments and empty lines. */
const explainsItself = because('');

/** Variable that stands for a literal dollar sign in front of a brace, see `quoteArgument`. */
const dollarVariable = 'gatehouse_dollar';

/**
 * Prints a tree. The only place that quotes.
 * @returns text with LF line ends and a final newline, and the origin of every line.
 */
export function printApache(nodes: readonly ApacheNode[]): { content: string; lines: LineOrigin[] } {
  const sink = newSink();
  printNodes(nodes, '', sink);
  const { text, lines } = sink;
  // The last line ends as well.
  text.push('');
  const content = text.join('\n');
  // Defined only where it is used: Define is global to the server.
  if (!content.includes(`\${${dollarVariable}}`)) return { content, lines };
  return {
    content: `Define ${dollarVariable} "$"\n${content}`,
    lines: [{ path: null, why: 'a literal $ in front of { would be read as a variable' }, ...lines],
  };
}

function printNodes(nodes: readonly ApacheNode[], indent: string, sink: Sink): void {
  const { text, lines } = sink;
  for (const node of nodes) {
    if (node.kind === 'blank' || node.kind === 'comment') {
      text.push(node.kind === 'blank' ? '' : `${indent}# ${commentText(node.text)}`);
      lines.push(explainsItself);
      continue;
    }
    if (node.kind === 'shared') {
      printShared(node, indent, sink, printNodes);
      continue;
    }
    node.text ??= words(node);
    lines.push(node.origin);
    if (node.kind === 'directive') {
      text.push(indent + node.text);
      continue;
    }
    text.push(`${indent}<${node.text}>`);
    printNodes(node.children, `${indent}    `, sink);
    text.push(`${indent}</${node.name}>`);
    lines.push(node.origin);
  }
}

function words({ name, args }: { readonly name: string; readonly args: readonly string[] }): string {
  let text = name;
  for (const arg of args) text += ` ${quoteArgument(arg)}`;
  return text;
}

const plainArgument = /^[A-Za-z0-9_.,:+=!*@/-]+$/;

/**
 * One argument as it must be written in the file (server/util.c: ap_getword_conf, ap_resolve_env). Inside double quotes only `\"` and
 * `\\` are escapes. `${name}` is replaced in the whole line before words are split and has no escape, so its dollar sign comes from
 * a variable: replaced text is not looked at again.
 */
export function quoteArgument(value: string): string {
  if (plainArgument.test(value)) return value;
  const escaped = /["\\]/.test(value) ? value.replaceAll(/"|\\(?=[\\"]|$)/g, '\\$&') : value;
  return `"${escaped.includes('${') ? escaped.replaceAll('${', `\${${dollarVariable}}{`) : escaped}"`;
}

/** A comment must stay on its line: no control characters, and no backslash at the end, which would join the next line. */
function commentText(text: string): string {
  if (/^[\x20-\x7e]*[\x21-\x5b\x5d-\x7e]$/.test(text)) return text;
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[\\\s]+$/, '');
}
