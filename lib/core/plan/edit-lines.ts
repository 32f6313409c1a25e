import type { ServerKind } from '../web-server/render-target';
import { hasLine } from './drift';

/**
 * The text with a line of ours in it, unchanged where it is there already. A Caddyfile and an Apache config take it at their
 * end; nginx needs it inside its `http` block, right before the block closes. `null` when that block cannot be found.
 */
export function withLine(content: string, line: string, server: ServerKind): string | null {
  if (hasLine(content, line)) return content;
  if (server === 'nginx') {
    const end = endOfHttpBlock(content);
    if (end === null) return null;
    const lineStart = content.lastIndexOf('\n', end) + 1;
    const onOwnLine = content.slice(lineStart, end).trim() === '';
    return onOwnLine
      ? `${content.slice(0, lineStart)}    ${line}\n${content.slice(lineStart)}`
      : `${content.slice(0, end)}\n    ${line}\n${content.slice(end)}`;
  }
  return `${content}${content === '' || content.endsWith('\n') ? '' : '\n'}${line}\n`;
}

/** The text without a line of ours. */
export function withoutLine(content: string, line: string): string {
  const lines = content.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.filter((each) => each.trim() !== line.trim()).join('');
}

/** Offset of the brace that closes the top-level `http` block, by nginx's own rules for quotes and comments. */
function endOfHttpBlock(content: string): number | null {
  const tokens = /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[{};]|(?:\\[\s\S]|[^\s{};"'\\])+/g;
  let depth = 0;
  let statement: string[] = [];
  let inHttp = false;
  for (const match of content.matchAll(tokens)) {
    const [token] = match;
    if (token.startsWith('#')) continue;
    if (token === '{') {
      if (depth === 0 && statement[0] === 'http') inHttp = true;
      depth++;
    } else if (token === '}') {
      depth--;
      if (depth === 0 && inHttp) return match.index;
    }
    statement = /^[{};]$/.test(token) ? [] : [...statement, token];
  }
  return null;
}
