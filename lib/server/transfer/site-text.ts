import 'server-only';
import { stringify } from 'yaml';
import type { Site } from '#core/site/schema';
import { fileSite, type Placement } from '#core/site/sites-file';
import { currentSchemaVersion } from '#core/site/upgrade';

/** A site as it stands in an exported file, by itself: to compare two versions of it line by line. */
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

/** The whole file as YAML, with comments that say where things come from. The same sites always give the same text. */
export function yamlFile(headings: readonly string[], sites: readonly ExportedSite[]): string {
  const top = [...headings.map(comment), `schemaVersion: ${currentSchemaVersion}`];
  if (sites.length === 0) return `${[...top, 'sites: []'].join('\n')}\n`;
  const entries = sites.map(({ document, targets, comment: text }) => {
    const lines = siteText(document, targets).trimEnd().split('\n');
    const [first = '', ...rest] = lines;
    return [`  ${comment(text)}`, `  - ${first}`, ...rest.map((line) => `    ${line}`)].join('\n');
  });
  return `${[...top, 'sites:', ...entries].join('\n')}\n`;
}

/** The whole file as JSON, which has no comments. */
export const jsonFile = (sites: readonly ExportedSite[]): string =>
  `${JSON.stringify(
    {
      schemaVersion: currentSchemaVersion,
      sites: sites.map(({ document, targets }) => fileSite(document, targets)),
    },
    null,
    2,
  )}\n`;
