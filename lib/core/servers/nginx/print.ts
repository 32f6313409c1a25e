import type { LineOrigin } from '../../site/origin';
import type { Argument, Node, Variable } from './tree';

export interface Printed {
  readonly content: string;
  /** One origin per line of `content`. */
  readonly lines: readonly LineOrigin[];
}

/**
 * The only place that turns a configuration tree into text, and the only place that quotes. Grammar: `ngx_conf_read_token` in nginx's
 * ngx_conf_file.c, unchanged in the versions we support.
 */
export function print(nodes: readonly Node[]): Printed {
  const text: string[] = [];
  const lines: LineOrigin[] = [];
  printNodes(nodes, '', text, lines);
  return { content: text.length === 0 ? '' : `${text.join('\n')}\n`, lines };
}

function printNodes(nodes: readonly Node[], indent: string, text: string[], lines: LineOrigin[]): void {
  for (const node of nodes) {
    if ('comment' in node) {
      lines.push(node.origin);
      // Comments hold our own words only, yet a line break in one would start a directive.
      text.push(`${indent}# ${node.comment.replace(/[^\x20-\x7e]/g, ' ')}`);
      continue;
    }
    let line = indent + node.name;
    if (node.name === 'if') line += ` (${node.args.map(printArgument).join(' ')})`;
    else for (const argument of node.args) line += ` ${printArgument(argument)}`;
    if (node.block === undefined) {
      text.push(`${line};`);
      lines.push(node.origin);
      continue;
    }
    if (text.length > 1 && (indent === '' || node.name === 'location')) {
      text.push('');
      lines.push(node.origin);
    }
    text.push(`${line} {`);
    lines.push(node.origin);
    printNodes(node.block, `${indent}    `, text, lines);
    text.push(`${indent}}`);
    lines.push(node.origin);
  }
}

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
