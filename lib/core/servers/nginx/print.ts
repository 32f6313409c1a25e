import type { LineOrigin } from '../../site/origin';
import { newSink, printShared, type Sink } from '../print-shared';
import type { Argument, Directive, Node, Variable } from './tree';

export interface Printed {
  readonly content: string;
  /** One origin per line of `content`. */
  readonly lines: readonly LineOrigin[];
  /** Origins of words that nginx would refuse as too long. */
  readonly overlong: readonly LineOrigin[];
}

// nginx reads a file through a buffer of 4096 bytes, and no word may be longer than that (NGX_CONF_BUFFER).
const longestWord = 4000;

/**
 * The only place that turns a configuration tree into text, and the only place that quotes. Grammar: `ngx_conf_read_token` in nginx's
 * ngx_conf_file.c, unchanged in the versions we support.
 */
export function print(nodes: readonly Node[]): Printed {
  const sink = newSink();
  printNodes(nodes, '', sink);
  const { text, lines, overlong } = sink;
  // The last line ends as well.
  if (text.length > 0) text.push('');
  return { content: text.join('\n'), lines, overlong };
}

function printNodes(nodes: readonly Node[], indent: string, sink: Sink): void {
  const { text, lines } = sink;
  for (const node of nodes) {
    if ('comment' in node) {
      lines.push(node.origin);
      // Comments hold our own words only, yet a line break in one would start a directive.
      text.push(`${indent}# ${node.comment.replace(/[^\x20-\x7e]/g, ' ')}`);
      continue;
    }
    if ('shared' in node) {
      printShared(node, indent, sink, printNodes);
      continue;
    }
    node.text ??= node.name + printArguments(node);
    if (node.text.length > longestWord && hasOverlongWord(node)) sink.overlong.push(node.origin);
    const line = indent + node.text;
    if (node.block === undefined) {
      text.push(`${line};`);
      lines.push(node.origin);
      continue;
    }
    if (indent === '' ? text.length > 1 : node.name === 'location') {
      text.push('');
      lines.push(node.origin);
    }
    text.push(`${line} {`);
    lines.push(node.origin);
    printNodes(node.block, `${indent}    `, sink);
    text.push(`${indent}}`);
    lines.push(node.origin);
  }
}

function printArguments({ name, args }: Directive): string {
  let line = '';
  for (const argument of args) line += ` ${printArgument(argument)}`;
  return name === 'if' ? ` (${line.slice(1)})` : line;
}

const hasOverlongWord = ({ args }: Directive): boolean =>
  args.some((argument) => printArgument(argument).length > longestWord);

// Characters that end, start or change nothing in any position of a token.
const plainToken = /^[A-Za-z0-9_./:=+,*@^~![\]-]+$/;

function printArgument(argument: Argument): string {
  if (typeof argument === 'string') return plainToken.test(argument) ? argument : quote(literal(argument));
  if ('pattern' in argument)
    return plainToken.test(argument.pattern) ? argument.pattern : quote(escapeQuoted(argument.pattern));
  if ('variable' in argument) return `$${argument.variable}`;
  return printParts(argument);
}

function printParts(parts: readonly (string | Variable)[]): string {
  let text = '';
  let plain = true;
  parts.forEach((part, index) => {
    if (part === '') return;
    if (typeof part === 'string') {
      plain &&= plainToken.test(part);
      text += literal(part);
      return;
    }
    const next = parts[index + 1];
    // `$host` followed by a letter would be another variable.
    const glued = typeof next === 'string' && /^[A-Za-z0-9_]/.test(next);
    plain &&= !glued;
    text += glued ? `\${${part.variable}}` : `$${part.variable}`;
  });
  return plain && text !== '' ? text : quote(text);
}

const quote = (escaped: string) => `"${escaped}"`;

/** nginx has no escape for `$`; a variable of ours that holds one stands in for it (see the shared file). */
function literal(text: string): string {
  const escaped = escapeQuoted(text);
  return escaped.includes('$') ? escaped.replaceAll('$', `\${${dollarVariable}}`) : escaped;
}

/** Name of the variable whose value is a dollar sign. */
export const dollarVariable = 'gatehouse_dollar';

/** Inside double quotes a backslash counts only before quotes, backslashes and the letters t, r, n; elsewhere it is itself. */
function escapeQuoted(text: string): string {
  return /["\\]/.test(text) ? text.replace(/"|\\(?=["'\\trn]|$)/g, (char) => `\\${char}`) : text;
}
