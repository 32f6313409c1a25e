import 'server-only';
import { type Document, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument } from 'yaml';
import type { ImportIssue } from '#api/contract/transfer';
import type { Issue } from '#core/issue';

/** A text may name a part and repeat it, but not so often that a small text becomes a huge document. */
export const maxAliasCount = 100;
/** Deeper than any document of ours. */
const maxFlowDepth = 64;

type Place = Pick<ImportIssue, 'line' | 'column'>;
const nowhere: Place = { line: null, column: null };

/** Why a text is not read. */
export class YamlRefused extends Error {
  constructor(
    readonly code: 'file.not-yaml' | 'file.aliases',
    message: string,
    readonly hint: string,
    readonly place: Place = nowhere,
  ) {
    super(message);
  }
}

/** One linear pass: what is repeated or nested without end makes the parser's work grow with the square of the text. */
function assertModest(text: string): void {
  let depth = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    const first = token[0];
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    else if (first === '*') aliases += 1;
    if (aliases > maxAliasCount)
      throw new YamlRefused(
        'file.aliases',
        `repeats parts by aliases more than ${maxAliasCount} times`,
        'Write them out.',
      );
    if (depth > maxFlowDepth)
      throw new YamlRefused('file.not-yaml', `is nested deeper than ${maxFlowDepth} levels`, notAsExported);
  }
}

const notAsExported = 'Check that it is YAML or JSON as an export writes it.';
const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value);

/** Offset of the field that a path leads to, or of the nearest part above it that is written down. */
function offsetOf(root: unknown, path: Issue['path']): number | null {
  let offset: number | null = isNode(root) ? (root.range?.[0] ?? null) : null;
  let at: unknown = root;
  for (const part of path) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => (isScalar(key) ? key.value : key) === part);
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      at = pair.value;
    } else if (isSeq(at) && typeof part === 'number') {
      at = at.items[part];
      if (isNode(at)) offset = at.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** Offset of the first key that its map has already. The parser's own check compares each key with all before it. */
function repeatedKey(root: unknown): number | null {
  const open: unknown[] = [root];
  let first: number | null = null;
  while (open.length > 0) {
    const at = open.pop();
    if (isSeq(at)) open.push(...at.items.slice(0).reverse());
    if (!isMap(at)) continue;
    const keys = new Set<unknown>();
    for (const { key, value } of at.items) {
      const name = isScalar(key) ? key.value : key;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      if (keys.has(name) && (first === null || offset < first)) first = offset;
      keys.add(name);
      open.push(value);
    }
  }
  return first;
}

export interface ParsedYaml {
  readonly document: Document;
  /** Tells the position of a field in the text. */
  locate(issue: Issue): ImportIssue;
}

/** Parses one document. @throws YamlRefused */
export function parseYaml(text: string): ParsedYaml {
  assertModest(text);
  const lines = new LineCounter();
  const placeAt = (offset: number | null): Place => {
    if (offset === null) return nowhere;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const hint = 'Check the indentation and the quotes around this place.';
  const [error] = document.errors;
  if (error)
    throw new YamlRefused('file.not-yaml', `cannot be read: ${error.message}`, hint, placeAt(error.pos[0]));
  const twice = repeatedKey(document.contents);
  if (twice !== null)
    throw new YamlRefused('file.not-yaml', 'cannot be read: Map keys must be unique', hint, placeAt(twice));
  return {
    document: document as Document,
    locate: (issue) => ({ ...issue, ...placeAt(offsetOf(document.contents, issue.path)) }),
  };
}
