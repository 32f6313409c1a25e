import 'server-only';
import type { ImportedSite, ImportIssue, ImportResult } from '#api/contract/transfer';
import { errorIssue, type Issue } from '#core/issue';
import { ServerKind } from '#core/servers/types';
import { describeChanges } from '#core/site/describe-changes';
import { sameJson } from '#core/site/json-value';
import type { Site } from '#core/site/schema';
import type { FileEntry, Placement } from '#core/site/sites-file';
import type { ReadDb, WriteDb } from '../db';
import { sha256 } from '../plans/sha256';
import { checkMany } from '../sites/check-many';
import { type HeadRevision, headRevisions } from '../sites/head-revisions';
import type { SiteToSave } from '../sites/save-many';
import type { SitesText } from './read-sites-text';
import { siteText } from './site-text';

const mostChanges = 50;
const mostTexts = 200;

export interface ImportPlan {
  readonly result: Omit<ImportResult, 'dryRun'>;
  readonly toSave: readonly SiteToSave[];
  /** Ids of the sites that are there already and are in the file. */
  readonly existingIds: readonly string[];
}

/** An entry of the file with what the team has under its name. */
interface Match {
  readonly entry: FileEntry;
  readonly existing: {
    readonly id: string;
    readonly head: HeadRevision;
    readonly targetIds: string[];
  } | null;
  readonly targetIds: readonly string[];
  readonly issues: Issue[];
}

/** What the team has by name: sites with their heads, and web servers by host. */
async function teamState(db: ReadDb | WriteDb, names: ReadonlySet<string>) {
  const targets = await db.target.findMany({
    where: { host: { archivedAt: null } },
    select: { id: true, server: true, host: { select: { name: true } } },
  });
  const placementOf = new Map(
    targets.map(({ id, server, host }): [string, Placement] => [
      id,
      { host: host.name, server: ServerKind.parse(server) },
    ]),
  );
  const rows = await db.site.findMany({
    where: { archivedAt: null },
    select: {
      id: true,
      name: true,
      head: true,
      targets: {
        where: { removing: false, target: { host: { archivedAt: null } } },
        select: { targetId: true },
      },
    },
  });
  const named = rows.filter(({ name }) => names.has(name));
  return {
    placementOf,
    sites: new Map(named.map((row) => [row.name, row])),
    heads: await headRevisions(db, named),
  };
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  sameJson([...new Set(a)].sort(), [...new Set(b)].sort());

/**
 * Compares a file with the sites of the team: what would be created, updated and left alone, what stands against it. Reads only; the real run
 * asks it again inside its transaction, and goes on only when the digest is still that of the dry run.
 *
 * @param list name of the list that the sites are put on
 */
export async function planImport(
  db: ReadDb | WriteDb,
  text: SitesText,
  list: string | undefined,
): Promise<ImportPlan> {
  const { entries, locate } = text;
  const { placementOf, sites, heads } = await teamState(db, new Set(entries.map(({ name }) => name)));
  const targetIdOf = new Map([...placementOf].map(([id, { host, server }]) => [`${server} ${host}`, id]));
  const seen = new Set<string>();
  const matches = entries.map((entry): Match => {
    const issues = [...entry.issues];
    const row = sites.get(entry.name);
    const head = row && heads.get(row.id);
    const existing =
      row && head ? { id: row.id, head, targetIds: row.targets.map(({ targetId }) => targetId) } : null;
    if (entry.name !== '' && seen.has(entry.name)) {
      const message = `${entry.name} is in the file twice`;
      issues.push(errorIssue('file.twice', [...entry.path, 'name'], message, 'Leave one of them out.'));
    }
    seen.add(entry.name);
    const targetIds = (entry.targets ?? []).flatMap(({ host, server }, index) => {
      const id = targetIdOf.get(`${server} ${host}`);
      if (id !== undefined) return [id];
      const message = `there is no web server ${server} on a host named ${host}`;
      const hint = 'Add the host first, or take this line out.';
      issues.push(errorIssue('site.no-target', [...entry.path, 'targets', index], message, hint));
      return [];
    });
    return { entry, existing, targetIds: entry.targets ? targetIds : (existing?.targetIds ?? []), issues };
  });

  const isSame = ({ entry, existing, targetIds }: Match) =>
    existing !== null &&
    sameJson(existing.head.document, entry.site) &&
    sameSet(existing.targetIds, targetIds);
  const wanted = matches.flatMap((match) => {
    const { entry, existing, targetIds } = match;
    if (!entry.site || match.issues.length > 0 || isSame(match)) return [];
    return [{ match, document: entry.site, targetIds, ownId: existing?.id ?? null }];
  });
  const found = await checkMany(db, wanted);
  for (const [index, { match }] of wanted.entries()) {
    for (const issue of found[index] ?? [])
      match.issues.push({ ...issue, path: [...match.entry.path, ...issue.path] });
  }

  const placements = (ids: readonly string[]) => ids.flatMap((id) => placementOf.get(id) ?? []);
  const compared = (document: Site, ids: readonly string[]) => ({
    ...document,
    targets: placements(ids).map(({ host, server }) => `${host} (${server})`),
  });
  let texts = 0;
  const described = matches.map((match): ImportedSite => {
    const { entry, existing, targetIds, issues } = match;
    const ofSite: ImportIssue[] = issues.map(locate);
    const base = {
      name: entry.name,
      siteId: existing?.id ?? null,
      head: existing?.head.number ?? null,
      changes: [],
      changeCount: 0,
      text: null,
      issues: ofSite,
    };
    if (!entry.site || issues.length > 0) return { ...base, action: 'refused' };
    if (isSame(match)) return { ...base, action: 'unchanged' };
    texts += 1;
    const after = () => siteText(entry.site as Site, placements(targetIds));
    if (!existing) {
      return { ...base, action: 'create', text: texts > mostTexts ? null : { before: '', after: after() } };
    }
    const { document } = existing.head;
    const changes = describeChanges(compared(document, existing.targetIds), compared(entry.site, targetIds));
    const before = () => siteText(document, placements(existing.targetIds));
    return {
      ...base,
      action: 'update',
      changes: changes.slice(0, mostChanges),
      changeCount: changes.length,
      text: texts > mostTexts ? null : { before: before(), after: after() },
    };
  });

  const count = (action: ImportedSite['action']) => described.filter((each) => each.action === action).length;
  const essence = described.map(({ name, action, siteId, head }, index) => [
    name,
    action,
    siteId,
    head,
    [...(matches[index]?.existing?.targetIds ?? [])].sort(),
    [...(matches[index]?.targetIds ?? [])].sort(),
    matches[index]?.entry.site,
  ]);
  return {
    result: {
      digest: sha256(JSON.stringify([essence, list ?? null])),
      counts: {
        create: count('create'),
        update: count('update'),
        unchanged: count('unchanged'),
        refused: count('refused'),
      },
      sites: described,
      issues: [...text.issues],
    },
    toSave: wanted.map(({ match, document, targetIds }) => ({
      site: match.existing && { id: match.existing.id, head: match.existing.head.number },
      document,
      targetIds,
      moved: !sameSet(match.existing?.targetIds ?? [], targetIds),
    })),
    existingIds: matches.flatMap(({ existing }) => existing?.id ?? []),
  };
}
