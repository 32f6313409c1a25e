import 'server-only';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ImportIssue } from '#api/contract/transfer';
import type { Issue } from '#core/issue';
import { type FileEntry, readSitesFile } from '#core/site/sites-file';

/** A text may name a part and repeat it, but not so often that a small text becomes a huge document. */
const maxAliasCount = 100;
const maxIssues = 500;

type Place = Pick<ImportIssue, 'line' | 'column'>;
const nowhere: Place = { line: null, column: null };

export interface SitesText {
  readonly entries: readonly FileEntry[];
  /** About the file as a whole: with one of them nothing can be imported. */
  readonly issues: readonly ImportIssue[];
  /** Says where a field stands in the text. */
  locate(issue: Issue): ImportIssue;
}

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

/** Reads YAML or JSON (which is YAML too) to sites, whatever the text is; findings name the line. */
export function readSitesText(text: string): SitesText {
  const lines = new LineCounter();
  const placeAt = (offset: number | null): Place => {
    if (offset === null) return nowhere;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const refuse = (code: string, message: string, hint: string, place = nowhere): SitesText => ({
    entries: [],
    issues: [{ code, severity: 'error', path: [], message, hint, ...place }],
    locate: (issue) => ({ ...issue, ...nowhere }),
  });
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const [first] = document.errors;
    if (first) {
      const hint = 'Check the indentation and the quotes around this place.';
      return refuse('file.not-yaml', `cannot be read: ${first.message}`, hint, placeAt(first.pos[0]));
    }
    const value: unknown = document.toJS({ maxAliasCount });
    const locate = (issue: Issue): ImportIssue => ({
      ...issue,
      ...placeAt(offsetOf(document.contents, issue.path)),
    });
    const { entries, issues } = readSitesFile(value);
    return { entries, issues: issues.slice(0, maxIssues).map(locate), locate };
  } catch (error) {
    // Too many aliases, or nested deeper than the stack: both are made to hurt, not to be read.
    const aliases = error instanceof ReferenceError;
    return aliases
      ? refuse('file.aliases', `repeats parts by aliases more than ${maxAliasCount} times`, 'Write them out.')
      : refuse('file.not-yaml', 'cannot be read', 'Check that it is YAML or JSON as an export writes it.');
  }
}
