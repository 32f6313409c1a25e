import 'server-only';
import type { contract } from '#api/contract/index';
import type { BulkFields } from '#core/site/bulk-fields';
import { setFields } from '#core/site/bulk-fields';
import { describeChanges } from '#core/site/describe-changes';
import { sameJson } from '#core/site/json-value';
import type { ReadDb, WriteDb } from '../db';
import { AppError, notFound } from '../errors/app-error';
import { fieldProblem } from '../errors/field-problem';
import { inBatches } from '../in-batches';
import { sha256 } from '../plans/sha256';
import type { Handler } from '../route';
import { checkMany } from './check-many';
import { headRevisions } from './head-revisions';
import { saveMany } from './save-many';

const mostNames = 50;

/** What the edit would make of each site. @throws AppError `not-found` for an id that is not a site of the team */
async function planEdit(db: ReadDb | WriteDb, siteIds: readonly string[], set: BulkFields) {
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
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const heads = await headRevisions(db, rows);
  const edits = rows.flatMap(({ id, name, head, targets }) => {
    const before = heads.get(id)?.document;
    if (!before) return [];
    const document = setFields(before, set);
    const targetIds = targets.map(({ targetId }) => targetId);
    return [{ id, name, head, ownId: id, targetIds, before, document, same: sameJson(before, document) }];
  });
  const changed = edits.filter(({ same }) => !same);
  const found = await checkMany(db, changed);
  const issuesOf = new Map(changed.map(({ id }, index) => [id, found[index] ?? []]));
  const sites = edits.map(({ id, name, head, before, document, same }) => {
    const issues = issuesOf.get(id) ?? [];
    const action = same
      ? ('unchanged' as const)
      : issues.length > 0
        ? ('refused' as const)
        : ('update' as const);
    return { id, name, head, action, changes: same ? [] : describeChanges(before, document), issues };
  });
  const count = (action: (typeof sites)[number]['action']) =>
    sites.filter((each) => each.action === action).length;
  const digest = sha256(JSON.stringify([set, sites.map(({ id, head, action }) => [id, head, action])]));
  const counts = { update: count('update'), unchanged: count('unchanged'), refused: count('refused') };
  return { changed, answer: { digest, counts, sites } };
}

/** Sets the same fields of many sites: a dry run that changes nothing, or all of it in one transaction, if it is still what the dry run said. */
export const editSites: Handler<typeof contract.sites.edit> = async ({ body, db, team, actor, change }) => {
  const { siteIds, set, message } = body;
  if (body.dryRun) return { ...(await planEdit(db, siteIds, set)).answer, dryRun: true };
  if (body.digest === undefined)
    throw fieldProblem('edit.no-digest', ['digest'], 'is required: make a dry run first');
  return change(async (tx) => {
    const { changed, answer } = await planEdit(tx, siteIds, set);
    const refused = answer.sites.find(({ action }) => action === 'refused');
    if (refused) {
      const issues = refused.issues.slice(0, 100).map((issue) => ({ ...issue, site: refused.name }));
      throw new AppError('invalid', `${refused.name} cannot be saved like this. Nothing was changed.`, {
        issues,
      });
    }
    if (answer.digest !== body.digest) {
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
