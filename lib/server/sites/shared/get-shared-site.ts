import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { db } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { storedDocument } from '../stored-document';
import { describeSharedSite } from './describe-shared-site';
import { findSharedList } from './find-shared-list';

/** A site of a shared list with the document of its head. */
export const getSharedSite: Handler<typeof contract.shared.getSite> = async ({ params, team, etag }) => {
  const share = await findSharedList(team.id, params.id);
  const site = await db().site.findFirst({
    where: { id: params.site, archivedAt: null, lists: { some: { listId: share.listId } } },
  });
  if (!site) throw notFound('site');
  const revision = await db().siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId: site.id, number: site.head } },
  });
  etag(site.head);
  return { ...describeSharedSite(site), document: storedDocument(revision.document) };
};
