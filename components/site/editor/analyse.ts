import { type Issue, issuesFromZod } from '#core/issue';
import { lintSite } from '#core/lint/lint-site';
import { checkSite } from '#core/site/check-site';
import { Site } from '#core/site/schema';
import { type EditorValues, toDocument } from './editor-values';

export interface Analysis {
  /** The document as far as it is well-formed, `null` otherwise. It may still break rules. */
  readonly site: Site | null;
  readonly issues: readonly Issue[];
}

/** What the form describes, what is wrong with it, and what would be wiser. */
export function analyse(values: EditorValues): Analysis {
  const parsed = Site.safeParse(toDocument(values));
  if (!parsed.success) return { site: null, issues: issuesFromZod(parsed.error) };
  return { site: parsed.data, issues: [...checkSite(parsed.data), ...lintSite(parsed.data)] };
}

/** Stand-ins for a preview before a name was typed. */
const standIn = { name: 'my-ci', hostname: 'ci.example.com' };

/** A document to preview: the empty name and host name of a new form are filled in, so that the preview is there from the start. */
export function previewSite(values: EditorValues, analysis: Analysis): Site | null {
  if (analysis.site) return analysis.site;
  const document = toDocument(values);
  const hostnames = Array.isArray(document.hostnames) ? document.hostnames.filter((name) => name !== '') : [];
  const parsed = Site.safeParse({
    ...document,
    name: document.name || standIn.name,
    hostnames: hostnames.length > 0 ? hostnames : [standIn.hostname],
  });
  return parsed.success ? parsed.data : null;
}
