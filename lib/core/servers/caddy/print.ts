import { newSink, printShared, type Sink } from '../print-shared';
import type { LineOrigin } from '../types';
import { type Argument, because, type CaddyNode, type Directive } from './tree';

/** Comments and empty lines. */
const explainsItself = because('');

/** Variables that stand for characters which have no escape everywhere; `literalVars` defines them. */
const braceVariable = 'gatehouse_brace';
const backslashVariable = 'gatehouse_backslash';

/** The only place that turns a tree into a Caddyfile, and the only place that quotes. */
export function printCaddy(nodes: readonly CaddyNode[]): { content: string; lines: LineOrigin[] } {
  const sink = newSink();
  nodes.forEach((node, index) => {
    if (index > 0) {
      sink.text.push('');
      sink.lines.push(explainsItself);
    }
    printNodes([node], '', sink);
  });
  // The last line ends as well.
  if (sink.text.length > 0) sink.text.push('');
  return { content: sink.text.join('\n'), lines: sink.lines };
}

function printNodes(nodes: readonly CaddyNode[], indent: string, sink: Sink): void {
  const { text, lines } = sink;
  for (const node of nodes) {
    if ('comment' in node) {
      text.push(`${indent}# ${commentText(node.comment)}`);
      lines.push(explainsItself);
      continue;
    }
    if ('shared' in node) {
      printShared(node, indent, sink, printNodes);
      continue;
    }
    const head = indent + ownText(node);
    lines.push(node.origin);
    if (node.block === undefined) {
      text.push(head);
      continue;
    }
    text.push(`${head} {`);
    printNodes(node.block, `${indent}\t`, sink);
    text.push(`${indent}}`);
    lines.push(node.origin);
  }
}

function ownText(node: Directive): string {
  node.text ??= words(node);
  return node.text;
}

function words({ name, args }: Directive): string {
  let text = name;
  for (const argument of args) text += ` ${printArgument(argument)}`;
  return text;
}

const special = /[{\\]/;

/** Whether a text needs the variables of `literalVars` where Caddy expands placeholders. */
export const needsLiteralVars = (argument: Argument): boolean =>
  Array.isArray(argument) && argument.some((part) => typeof part === 'string' && special.test(part));

/**
 * Values of those variables as they must be written in the file. The brace is escaped twice: once for the import of our file and once for the
 * variable itself (replacer.go removes one backslash each time).
 */
export const literalVars: readonly { readonly name: string; readonly raw: string }[] = [
  { name: braceVariable, raw: '\\\\{' },
  { name: backslashVariable, raw: '`\\`' },
];

// Tokens that mean nothing to the lexer in any position: no quote, brace, comment, heredoc or backslash.
const plainToken = /^[A-Za-z0-9_./:@*%+=,?!~&;()>^$|-][A-Za-z0-9_./:@*%+=,?!~&;()>^$|#-]*$/;

function printArgument(argument: Argument): string {
  if (typeof argument === 'string') return quote(argument);
  if ('raw' in argument) return argument.raw;
  let text = '';
  for (const part of argument) text += printPart(part);
  // A closing brace alone ends a block, in quotes too; a variable that nobody sets is empty and keeps it company.
  return quote(text === '}' ? '{vars.gatehouse_nothing}}' : text);
}

function printPart(part: string | { readonly placeholder: string }): string {
  if (typeof part !== 'string') return `{${part.placeholder}}`;
  // A brace would open a placeholder, and `{$` an environment variable even inside quotes; a backslash would escape what follows.
  return special.test(part)
    ? part.replaceAll(/[{\\]/g, (char) => `{vars.${char === '{' ? braceVariable : backslashVariable}}`)
    : part;
}

/**
 * One token (caddyfile/lexer.go). In double quotes `\"` is the only escape and other backslashes stay, so a value with a backslash goes
 * into backticks, where nothing is special; one with both cannot be written and never gets here (see `cannotQuote`).
 */
function quote(value: string): string {
  if (plainToken.test(value) || /^\{[a-zA-Z0-9_.-]+\}$/.test(value)) return value;
  if (value.includes('\\')) return `\`${value.replaceAll('`', '')}\``;
  return `"${value.replaceAll('"', '\\"')}"`;
}

/** Literal values that Caddy has no form for: a brace that starts an environment variable, or both kinds of awkward quotes. */
export function cannotQuote(value: string): boolean {
  return value === '}' || value.includes('{') || (value.includes('\\') && value.includes('`'));
}

/** A comment must stay on its line, and must not hold `{$`, which is expanded in comments too. */
function commentText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replaceAll('{', '(')
    .trimEnd();
}
