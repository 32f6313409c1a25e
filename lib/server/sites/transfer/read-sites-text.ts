import 'server-only';
import type { ImportIssue } from '#api/contract/transfer';
import { checkSite } from '#core/rules/check-site';
import { type FileEntry, readSitesFile } from '#core/site/sites-file';
import { maxAliasCount, parseYaml, YamlRefused } from './parse-yaml';

const maxIssues = 500;
/** Of all sites together; of what comes after, each keeps the first finding. */
const maxFileIssues = 2000;
const nowhere = { line: null, column: null };

export interface SitesText {
  /** Their findings have paths from the top of the file; `locateIssues` finds their lines. */
  readonly entries: readonly FileEntry[];
  /** About the file as a whole: with one of them nothing can be imported. */
  readonly issues: readonly ImportIssue[];
}

/** Reads YAML or JSON (which is YAML too) to sites, whatever the text is, and asks the rules of each. */
export function readSitesText(text: string): SitesText {
  const refuse = (code: string, message: string, hint: string, place = nowhere as YamlRefused['place']) => ({
    entries: [],
    issues: [{ code, severity: 'error' as const, path: [], message, hint, ...place }],
  });
  try {
    const parsed = parseYaml(text);
    const value: unknown = parsed.document.toJS({ maxAliasCount });
    const { entries, issues } = readSitesFile(value);
    let left = maxFileIssues;
    return {
      entries: entries.map((entry) => {
        const found =
          entry.site && entry.issues.length === 0 ? rulesOf(entry.path, entry.site) : entry.issues;
        const kept = found.slice(0, Math.max(1, Math.min(maxIssues, left)));
        left -= kept.length;
        return { ...entry, issues: kept };
      }),
      issues: issues.slice(0, maxIssues).map(parsed.locate),
    };
  } catch (error) {
    if (error instanceof YamlRefused) return refuse(error.code, error.message, error.hint, error.place);
    // Nested deeper than the stack: made to hurt, not to be read.
    const hint = 'Check that it is YAML or JSON as an export writes it.';
    return refuse('file.not-yaml', 'cannot be read', hint);
  }
}

const rulesOf = (path: FileEntry['path'], site: NonNullable<FileEntry['site']>) =>
  checkSite(site)
    .filter(({ severity }) => severity === 'error')
    .map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
