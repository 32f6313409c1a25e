import 'server-only';
import type { contract } from '#api/contract/index';
import type { BulkFields } from '#core/site/bulk-fields';
import { sameJson } from '#core/site/json-value';
import type { Handler } from '../door/route';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { inBatches } from '../platform/database/in-batches';
import { AppError, notFound } from '../platform/errors/app-error';
import { fieldProblem } from '../platform/errors/field-problem';
import { sha256 } from '../platform/sha256';
import { conflictsOf } from './check-many';
import { headDocuments } from './head-documents';
import { saveMany } from './save-many';
import { inWorker } from './work/in-worker';

const mostNames = 50;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly head: number;
  readonly targets: readonly { readonly targetId: string }[];
}

/** @throws AppError `not-found` for an id that is not a site of the team */
async function chosenRows(db: ReadDb | WriteDb, siteIds: readonly string[]): Promise<Row[]> {
  const wanted = [...new Set(siteIds)];
  const rows = await inBatches(wanted, (ids) =>
    db.site.findMany({
      where: { id: { in: ids }, archivedAt: null },
      select: {
        id: true,
        name: true,
        head: true,
        targets: { where: { removing: false }, select: { targetId: true } },
      },
    }),
  );
  if (rows.length < wanted.length) throw notFound('site');
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the edit would make of each site. `stillSo` says whether a transaction sees what this saw. */
async function planEdit(db: ReadDb, who: string, siteIds: readonly string[], set: BulkFields) {
  const rows = await chosenRows(db, siteIds);
  const heads = await headDocuments(db, rows);
  const edited = await inWorker(who, 'editDocuments', {
    documents: rows.map(({ id }) => heads.get(id)),
    set,
  });
  const edits = rows.map(({ id, name, head, targets }, index) => {
    const { document, changes, issues } = edited[index] ?? { document: null, changes: [], issues: [] };
    return { id, name, head, targetIds: targets.map(({ targetId }) => targetId), document, changes, issues };
  });
  const changed = edits.flatMap(({ document, ...edit }) =>
    document ? [{ ...edit, ownId: edit.id, document }] : [],
  );
  const found = await conflictsOf(db, changed);
  const conflicts = new Map(changed.map(({ id }, index) => [id, found[index] ?? []]));
  const sites = edits.map(({ id, name, head, document, changes, issues: own }) => {
    const issues = [...own, ...(conflicts.get(id) ?? [])];
    const refused = issues.length > 0 ? ('refused' as const) : ('update' as const);
    return { id, name, head, action: document ? refused : ('unchanged' as const), changes, issues };
  });
  const count = (action: (typeof sites)[number]['action']) =>
    sites.filter((each) => each.action === action).length;
  const digest = sha256(JSON.stringify([set, sites.map(({ id, head, action }) => [id, head, action])]));
  const counts = { update: count('update'), unchanged: count('unchanged'), refused: count('refused') };
  const stillSo = async (tx: WriteDb) =>
    sameJson(await chosenRows(tx, siteIds), rows) &&
    (await conflictsOf(tx, changed)).every((issues) => issues.length === 0);
  return { changed, answer: { digest, counts, sites }, stillSo };
}

/** Sets the same fields of many sites: a dry run that changes nothing, or all of it in one transaction, if it is still what the dry run said. */
export const editSites: Handler<typeof contract.sites.edit> = async ({ body, db, team, actor, change }) => {
  const { siteIds, set, message } = body;
  if (!body.dryRun && body.digest === undefined)
    throw fieldProblem('edit.no-digest', ['digest'], 'is required: make a dry run first');
  const { changed, answer, stillSo } = await planEdit(db, actor.id, siteIds, set);
  if (body.dryRun) return { ...answer, dryRun: true };
  return change(async (tx) => {
    const refused = answer.sites.find(({ action }) => action === 'refused');
    if (refused) {
      const issues = refused.issues.slice(0, 100).map((issue) => ({ ...issue, site: refused.name }));
      throw new AppError('invalid', `${refused.name} cannot be saved like this. Nothing was changed.`, {
        issues,
      });
    }
    if (answer.digest !== body.digest || !(await stillSo(tx))) {
      throw new AppError('stale', 'The sites are not as they were at the dry run.', {
        hint: 'Look again at what would change now.',
      });
    }
    await saveMany(
      tx,
      { teamId: team.id, authorId: actor.id, message },
      changed.map(({ id, head, document, targetIds }) => ({
        site: { id, head },
        document,
        targetIds,
        moved: false,
      })),
    );
    const names = changed.map(({ name }) => name);
    return {
      value: { ...answer, dryRun: false },
      audit: {
        subject: `${names.length} ${names.length === 1 ? 'site' : 'sites'}`,
        detail: { updated: names.length, fields: Object.keys(set), names: names.slice(0, mostNames) },
      },
    };
  });
};
