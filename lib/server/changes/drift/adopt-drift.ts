import 'server-only';
import type { contract } from '#api/contract/index';
import { formatPath } from '#core/format-path';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { assertSavable } from '../../sites/assert-savable';
import { siteColumns } from '../../sites/site-columns';
import { assertSeen } from './decide-drift';
import { findDrift } from './describe-drift';
import { loadTexts } from './load-texts';

/**
 * Makes a manual edit the site's own: saves a revision whose rendering is exactly the text on the host, but for the tokens of its blocks. The host
 * is not touched; the edit stays in the inbox until an apply of the site has given the blocks the tokens of their text.
 */
export const adoptDrift: Handler<typeof contract.drift.adopt> = async ({
  db,
  team,
  params,
  body,
  actor,
  change,
}) => {
  const seen = await findDrift(db, params.id);
  assertSeen(seen, body.print);
  const { adoption, unapplied } = await loadTexts(db, seen);
  const { siteId } = seen;
  if (!adoption || siteId === null) {
    throw new AppError('conflict', 'The form has no field for this edit.', {
      hint: unapplied
        ? 'The site has a newer revision that is not applied here. Edit the site by hand, with the diff beside it.'
        : 'Edit the site by hand, with the diff beside it, or accept the file as it is.',
    });
  }
  return change(async (tx) => {
    const row = await findDrift(tx, params.id);
    assertSeen(row, body.print);
    const site = await tx.site.findUniqueOrThrow({ where: { id: siteId }, include: { targets: true } });
    const placed = site.targets.find(({ targetId }) => targetId === row.targetId);
    if (site.archivedAt !== null || placed?.appliedRevision !== site.head) {
      throw new AppError('stale', `${site.name} was saved or applied meanwhile.`, { hint: 'Look again.' });
    }
    const targetIds = site.targets.filter(({ removing }) => !removing).map(({ targetId }) => targetId);
    const { document, values } = adoption;
    await assertSavable(tx, team.id, { document, targetIds }, site.id);
    const number = site.head + 1;
    const fields = values.map(({ path }) => formatPath(path)).join(', ');
    const message = `Adopted from ${row.target.host.name}: ${fields}`.slice(0, 500);
    await tx.siteRevision.create({ data: { siteId, number, document, message, authorId: actor.id } });
    await tx.site.update({ where: { id: siteId }, data: { ...siteColumns(document), head: number } });
    return {
      value: { siteId, revision: number },
      audit: {
        subject: `${row.path} on ${row.target.host.name} into site ${site.name}`,
        subjectId: row.id,
        detail: { siteId, revision: number, fields },
      },
    };
  });
};
