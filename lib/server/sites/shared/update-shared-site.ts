import 'server-only';
import type { contract } from '#api/contract/index';
import type { Issue } from '#core/issue';
import { sameJson } from '#core/site/json-value';
import type { Handler } from '../../door/route';
import { AppError, notFound } from '../../platform/errors/app-error';
import { assertSavable } from '../assert-savable';
import { siteColumns } from '../site-columns';
import { storedDocument } from '../stored-document';
import { describeSharedSite } from './describe-shared-site';
import { findSharedList } from './find-shared-list';

/** Findings that name other sites and hosts of the owner are told without those names. */
const withoutNames = (issue: Issue): Issue =>
  issue.code === 'site.hostname-taken'
    ? {
        ...issue,
        message: 'another site on the same web server answers to this name already',
        hint: 'Use another name or port.',
      }
    : issue;

/**
 * Saves a new revision of another team's site that may be edited. Where it runs stays as it is, nothing is applied, and the record is kept
 * with the team that owns the site.
 */
export const updateSharedSite: Handler<typeof contract.shared.updateSite> = async (context) => {
  const { params, body, team, actor, ifMatch, changeOf, etag } = context;
  const share = await findSharedList(team.id, params.id);
  if (share.level !== 'edit') {
    throw new AppError('forbidden', 'This list is shared for viewing, not for editing.', {
      hint: `Ask the team ${share.list.team.name}.`,
    });
  }
  return changeOf(share.list.team, async (tx) => {
    // Asked again inside the transaction: a share that has just ended has ended.
    const still = await tx.listShare.findFirst({
      where: { listId: share.listId, teamId: team.id, level: 'edit' },
    });
    const site =
      still &&
      (await tx.site.findFirst({
        where: { id: params.site, archivedAt: null, lists: { some: { listId: share.listId } } },
        include: { targets: true },
      }));
    if (!site) throw notFound('site');
    if (ifMatch !== String(site.head)) {
      throw new AppError('stale', `Somebody saved revision ${site.head} after you began to edit.`, {
        hint: 'Load it, and make your change on top of it.',
      });
    }
    const { document, message } = body;
    const targetIds = site.targets.filter(({ removing }) => !removing).map(({ targetId }) => targetId);
    await assertSavable(tx, share.list.team.id, { document, targetIds }, site.id).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, error.message, { issues: error.issues.map(withoutNames) });
    });
    const head = await tx.siteRevision.findUniqueOrThrow({
      where: { siteId_number: { siteId: site.id, number: site.head } },
    });
    const changed = !sameJson(storedDocument(head.document), document);
    const number = changed ? site.head + 1 : site.head;
    if (changed) {
      await tx.siteRevision.create({
        data: { siteId: site.id, number, document, message, authorId: actor.id },
      });
      await tx.site.update({ where: { id: site.id }, data: { ...siteColumns(document), head: number } });
    }
    etag(number);
    const saved = await tx.site.findUniqueOrThrow({ where: { id: site.id } });
    return {
      value: { ...describeSharedSite(saved), document },
      audit: {
        subject: `site ${document.name}`,
        subjectId: site.id,
        detail: { revision: number, changed, byTeam: team.name, list: share.list.name },
      },
    };
  });
};
