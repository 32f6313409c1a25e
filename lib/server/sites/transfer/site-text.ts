import 'server-only';
import { stringify } from 'yaml';
import type { Site } from '#core/site/schema';
import { fileSite, type Placement } from '#core/site/sites-file';
import { currentSchemaVersion } from '#core/site/upgrade';

/** A site as it is written in an exported file, by itself: to compare two versions of it line by line. */
export const siteText = (document: Site, targets: readonly Placement[]): string =>
  stringify(fileSite(document, targets), { lineWidth: 0 });

export interface ExportedSite {
  readonly document: Site;
  readonly targets: readonly Placement[];
  /** Where it comes from. */
  readonly comment: string;
}

/** Line breaks would end a comment and begin a field. */
const comment = (text: string) => `# ${text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')}`;

export type FileFormat = 'yaml' | 'json';

/** A site as it is written in a file of several. */
export function fileEntry(format: FileFormat, { document, targets, comment: text }: ExportedSite): string {
  if (format === 'json') {
    const lines = JSON.stringify(fileSite(document, targets), null, 2).split('\n');
    return lines.map((line) => `    ${line}`).join('\n');
  }
  const [first = '', ...rest] = siteText(document, targets).trimEnd().split('\n');
  return [`  ${comment(text)}`, `  - ${first}`, ...rest.map((line) => `    ${line}`)].join('\n');
}

/** The whole file of such entries; YAML has comments that say where things come from. The same sites always give the same text. */
export function wholeFile(
  format: FileFormat,
  headings: readonly string[],
  entries: readonly string[],
): string {
  if (format === 'json') {
    const sites = entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n  ]`;
    return `{\n  "schemaVersion": ${currentSchemaVersion},\n  "sites": ${sites}\n}\n`;
  }
  const top = [...headings.map(comment), `schemaVersion: ${currentSchemaVersion}`];
  return `${[...top, ...(entries.length === 0 ? ['sites: []'] : ['sites:', ...entries])].join('\n')}\n`;
}
