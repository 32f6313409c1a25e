import { type Issue, issuesFromZod } from '#core/issue';
import { lintSite } from '#core/lint/lint-site';
import { checkSite } from '#core/rules/check-site';
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

/** What a preview shows for a field that is still empty, by the field's name. */
const standIns: Readonly<Record<string, string>> = {
  name: 'my-ci',
  hostnames: 'ci.example.com',
  address: '127.0.0.1',
  socket: '/run/ci.sock',
  certificate: '/etc/ssl/certs/ci.pem',
  key: '/etc/ssl/private/ci.key',
  // Of a header that holds a secret.
  value: 'secret',
};

/** A document to preview: what a new form, or one from a template, leaves empty is filled in, so that the preview is there from the start. */
export function previewSite(values: EditorValues, analysis: Analysis): Site | null {
  if (analysis.site) return analysis.site;
  const document = structuredClone(toDocument(values));
  const hostnames = Array.isArray(document.hostnames) ? document.hostnames.filter((name) => name !== '') : [];
  document.hostnames = hostnames.length > 0 ? hostnames : [standIns.hostnames];
  for (const { path } of analysis.issues) fillEmpty(document, path);
  const parsed = Site.safeParse(document);
  return parsed.success ? parsed.data : null;
}

function fillEmpty(document: unknown, path: Issue['path']): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>(childOf, document);
  const standIn = standIns[String(typeof last === 'number' ? path.at(-2) : last)];
  if (last === undefined || standIn === undefined || childOf(parent, last) !== '') return;
  (parent as Record<string | number, unknown>)[last] = standIn;
}

const childOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
