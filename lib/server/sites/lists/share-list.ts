import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { db } from '../../platform/database/db';
import { fieldProblem } from '../../platform/errors/field-problem';
import { describeShare, shareInclude } from './describe-share';
import { findList } from './find-list';

/** Shares a list with another team, or changes what that team may do with it. */
export const shareList: Handler<typeof contract.lists.share> = async ({
  params,
  body,
  team,
  actor,
  change,
}) => {
  // The other team's row is none of this team's: it is looked up by its exact name in addresses, and nothing but its name is told.
  const other = await db().team.findUnique({ where: { slug: body.team }, select: { id: true, slug: true } });
  return change(async (tx) => {
    const list = await findList(tx, params.id);
    if (!other || other.id === team.id) {
      const message = other ? 'is this team itself' : 'there is no team with this name';
      const hint = 'It is the first word of that team’s addresses: ask one of its people.';
      throw fieldProblem('share.no-team', ['team'], message, hint);
    }
    const key = { listId_teamId: { listId: list.id, teamId: other.id } };
    const row = await tx.listShare.upsert({
      where: key,
      create: { listId: list.id, teamId: other.id, level: body.level, createdById: actor.id },
      update: { level: body.level },
      include: shareInclude,
    });
    return {
      value: describeShare(row),
      audit: {
        subject: `list ${list.name} with the team ${row.team.name}`,
        subjectId: list.id,
        detail: { team: other.slug, level: body.level },
      },
    };
  });
};
