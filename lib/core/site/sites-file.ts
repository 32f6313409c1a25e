import { z } from 'zod';
import { errorIssue, type Issue, issuesFromZod } from '../issue';
import { ServerKind } from '../web-server/render-target';
import { isObject, type JsonObject } from './json-value';
import { omitDefaults } from './omit-defaults';
import { Site } from './schema';
import { currentSchemaVersion, upgradeSite } from './upgrade';

/** Where a site should run, by the names that the team gave its hosts. */
export const Placement = z.strictObject({ host: z.string().min(1).max(100), server: ServerKind });
export type Placement = z.infer<typeof Placement>;

/** Most sites that one file may hold. */
export const maxFileSites = 10_000;

/** A site in a file of several: its document, without the version that the file has once, and where it should run. */
export const FileSite = Site.partial({ schemaVersion: true }).extend({
  /** Left out: where it runs stays as it is. */
  targets: z.array(Placement).max(500).optional(),
});

/** A file of several sites. A file of one may also be the bare site document. */
export const SitesFile = z.strictObject({
  schemaVersion: z.literal(currentSchemaVersion),
  sites: z.array(FileSite).max(maxFileSites),
});

/** One site of a file as far as it can be read. */
export interface FileEntry {
  /** Its position in the file. */
  readonly path: Issue['path'];
  /** Empty where the file does not say. */
  readonly name: string;
  /** `null` where it cannot be read; `issues` say why, with paths from the top of the file. */
  readonly site: Site | null;
  /** `null` where the file does not say. */
  readonly targets: readonly Placement[] | null;
  readonly issues: readonly Issue[];
}

export interface ReadFile {
  readonly entries: readonly FileEntry[];
  /** About the file as a whole. */
  readonly issues: readonly Issue[];
}

/** Reads the parsed text of a file: a site document, or several with the version once. Rules across fields are not checked. */
export function readSitesFile(value: unknown): ReadFile {
  const refuse = (...issues: Issue[]): ReadFile => ({ entries: [], issues });
  if (!isObject(value)) {
    const hint = 'Begin with schemaVersion: 1, then sites: and a list of site documents.';
    return refuse(errorIssue('file.not-sites', [], 'is not a file of sites', hint));
  }
  if (!('sites' in value)) return { entries: [readEntry([], value, undefined)], issues: [] };
  const { schemaVersion, sites, ...rest } = value;
  const unknown = Object.keys(rest).map((key) =>
    errorIssue('schema.unknown-field', [key], 'is not a known field', 'Fields of a site stand below sites.'),
  );
  if (unknown.length > 0) return refuse(...unknown);
  if (!Array.isArray(sites)) {
    return refuse(
      errorIssue('file.not-sites', ['sites'], 'must be a list of sites', 'Begin each with a dash.'),
    );
  }
  if (sites.length > maxFileSites) {
    const message = `holds ${sites.length} sites, more than ${maxFileSites}`;
    return refuse(errorIssue('file.too-many', ['sites'], message, 'Split the file.'));
  }
  if (schemaVersion === undefined) {
    const message = `is required: ${currentSchemaVersion} for new files`;
    return refuse(
      errorIssue('site.no-version', ['schemaVersion'], message, 'Add it at the top of the file.'),
    );
  }
  return {
    entries: sites.map((entry, index) => readEntry(['sites', index], entry, schemaVersion)),
    issues: [],
  };
}

function readEntry(path: Issue['path'], value: unknown, fileVersion: unknown): FileEntry {
  const name = isObject(value) && typeof value.name === 'string' ? value.name.slice(0, 100) : '';
  const below = (issues: readonly Issue[]) =>
    issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  const refused = (issues: readonly Issue[]): FileEntry => ({
    path,
    name,
    site: null,
    targets: null,
    issues: below(issues),
  });
  if (!isObject(value)) {
    return refused([
      errorIssue('site.not-a-document', [], 'must be a site document', 'Give it at least a name.'),
    ]);
  }
  const { targets, ...document }: JsonObject & { targets?: unknown } = value;
  const placements = FileSite.shape.targets.safeParse(targets);
  const upgraded = upgradeSite(
    fileVersion === undefined ? document : { schemaVersion: fileVersion, ...document },
  );
  const site = upgraded.ok ? Site.safeParse(upgraded.value) : null;
  const issues = [
    ...(upgraded.ok ? [] : upgraded.error),
    ...(site && !site.success ? issuesFromZod(site.error) : []),
    ...(placements.success
      ? []
      : issuesFromZod(placements.error).map((issue) => ({ ...issue, path: ['targets', ...issue.path] }))),
  ];
  if (issues.length > 0 || !site?.success || !placements.success) return refused(issues);
  return { path, name: site.data.name, site: site.data, targets: placements.data ?? null, issues: [] };
}

/** A site as it is written in a file of several: what the schema fills in is left out, fields come in the schema's order. */
export function fileSite(site: Site, targets: readonly Placement[]): Record<string, unknown> {
  const { schemaVersion: _, ...document } = omitDefaults(Site, site) as Record<string, unknown>;
  const placed = [...targets].sort((a, b) => (`${a.host} ${a.server}` < `${b.host} ${b.server}` ? -1 : 1));
  return { ...document, targets: placed.map(({ host, server }) => ({ host, server })) };
}
