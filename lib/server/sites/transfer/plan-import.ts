import 'server-only';
import type { ImportedSite, ImportIssue, ImportResult } from '#api/contract/transfer';
import { errorIssue, type Issue } from '#core/issue';
import { sameJson } from '#core/site/json-value';
import type { FileEntry, Placement } from '#core/site/sites-file';
import { ServerKind } from '#core/web-server/render-target';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { sha256 } from '../../platform/sha256';
import { conflictsOf } from '../check-many';
import { headDocuments } from '../head-documents';
import type { SiteToSave } from '../save-many';
import { inWorker } from '../work/in-worker';
import type { Comparison } from './compare-sites';
import type { SitesText } from './read-sites-text';

export interface ImportPlan {
  readonly result: Omit<ImportResult, 'dryRun'>;
  readonly toSave: readonly SiteToSave[];
  /** Ids of the sites that are there already and are in the file. */
  readonly existingIds: readonly string[];
  /** Whether a transaction sees what this plan saw. */
  stillSo(tx: WriteDb): Promise<boolean>;
}

/** An entry of the file with what the team has under its name. */
interface Match {
  readonly entry: FileEntry;
  readonly existing: {
    readonly id: string;
    readonly head: number;
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
  };
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  sameJson([...new Set(a)].sort(), [...new Set(b)].sort());

/** What the file is compared with: when one of these is another, so may the outcome be. */
type TeamState = Awaited<ReturnType<typeof teamState>>;

function match({ entries }: SitesText, { placementOf, sites }: TeamState): Match[] {
  const targetIdOf = new Map([...placementOf].map(([id, { host, server }]) => [`${server} ${host}`, id]));
  const seen = new Set<string>();
  return entries.map((entry): Match => {
    const issues = [...entry.issues];
    const row = sites.get(entry.name);
    const existing = row
      ? { id: row.id, head: row.head, targetIds: row.targets.map(({ targetId }) => targetId) }
      : null;
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
}

/** A text that was read, for as long as one request lasts. */
export interface Reading {
  readonly text: string;
  readonly read: SitesText;
  /** Who asked: their account pays for the work. */
  readonly who: string;
  /** Name of the list that the sites are put on. */
  readonly list: string | undefined;
}

const movedOf = ({ existing, targetIds }: Match) => !sameSet(existing?.targetIds ?? [], targetIds);

async function compare(db: ReadDb | WriteDb, who: string, matches: Match[], { placementOf }: TeamState) {
  const documents = await headDocuments(
    db,
    matches.flatMap(({ existing }) => existing ?? []),
  );
  const placements = (ids: readonly string[]) => ids.flatMap((id) => placementOf.get(id) ?? []);
  const pairs = matches.map((each) => {
    const { entry, existing, targetIds, issues } = each;
    if (!entry.site || issues.length > 0) return null;
    return {
      before: existing && {
        document: documents.get(existing.id),
        placements: placements(existing.targetIds),
      },
      after: { document: entry.site, placements: placements(targetIds) },
      moved: movedOf(each),
    };
  });
  return inWorker(who, 'compareSites', pairs);
}

/**
 * Compares a file with the sites of the team: what would be created, updated and left alone, what prevents it. Reads only. The real run asks
 * `stillSo` inside its transaction, and goes on only when the digest is that of the dry run.
 */
export async function planImport(db: ReadDb, { text, read, who, list }: Reading): Promise<ImportPlan> {
  const state = await teamState(db, new Set(read.entries.map(({ name }) => name)));
  const matches = match(read, state);
  const compared: (Comparison | null)[] = await compare(db, who, matches, state);
  const wanted = matches.flatMap((each, index) => {
    const { entry, existing, targetIds } = each;
    if (!entry.site || !compared[index] || compared[index].same) return [];
    return [{ match: each, document: entry.site, targetIds, ownId: existing?.id ?? null }];
  });
  const found = await conflictsOf(db, wanted);
  for (const [index, { match: each }] of wanted.entries()) {
    for (const issue of found[index] ?? [])
      each.issues.push({ ...issue, path: [...each.entry.path, ...issue.path] });
  }
  const findings = matches.map(({ issues }) => issues);
  const located: ImportIssue[][] = findings.some((each) => each.length > 0)
    ? await inWorker(who, 'locateIssues', { text, issues: findings })
    : findings.map(() => []);

  const described = matches.map(({ entry, existing }, index): ImportedSite => {
    const issues = located[index] ?? [];
    const comparison = compared[index];
    const action = !comparison || issues.length > 0 ? 'refused' : existing ? 'update' : 'create';
    return {
      name: entry.name,
      siteId: existing?.id ?? null,
      head: existing?.head ?? null,
      action: comparison?.same ? 'unchanged' : action,
      changes: action === 'update' ? (comparison?.changes ?? []) : [],
      changeCount: action === 'update' ? (comparison?.changeCount ?? 0) : 0,
      text: action === 'refused' ? null : (comparison?.text ?? null),
      issues,
    };
  });
  const count = (action: ImportedSite['action']) => described.filter((each) => each.action === action).length;
  const actions = described.map(({ action }) => action);
  return {
    result: {
      digest: digestOf(text, list, matches, actions),
      counts: {
        create: count('create'),
        update: count('update'),
        unchanged: count('unchanged'),
        refused: count('refused'),
      },
      sites: described,
      issues: [...read.issues],
    },
    toSave: wanted.map(({ match: each, document, targetIds }) => ({
      site: each.existing && { id: each.existing.id, head: each.existing.head },
      document,
      targetIds,
      moved: movedOf(each),
    })),
    existingIds: matches.flatMap(({ existing }) => existing?.id ?? []),
    stillSo: async (tx) => {
      const now = match(read, await teamState(tx, new Set(read.entries.map(({ name }) => name))));
      if (digestOf(text, list, now, actions) !== digestOf(text, list, matches, actions)) return false;
      return (await conflictsOf(tx, wanted)).every((issues) => issues.length === 0);
    },
  };
}

/** Over the text, and over what it was compared with. */
function digestOf(
  text: string,
  list: string | undefined,
  matches: readonly Match[],
  actions: readonly ImportedSite['action'][],
): string {
  const essence = matches.map(({ existing, targetIds }, index) => [
    actions[index],
    existing && [existing.id, existing.head, [...existing.targetIds].sort()],
    [...targetIds].sort(),
  ]);
  return sha256(JSON.stringify([sha256(text), essence, list ?? null]));
}
