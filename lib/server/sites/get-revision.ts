import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { notFound } from '../platform/errors/app-error';
import { describeRevision, revisionInclude } from './describe-revision';
import { storedDocument } from './stored-document';

/** One revision with its document. */
export const getRevision: Handler<typeof contract.sites.getRevision> = async ({ db, params }) => {
  const row = await db.siteRevision.findFirst({
    where: { siteId: params.id, number: params.number, site: { archivedAt: null } },
    include: revisionInclude,
  });
  if (!row) throw notFound('revision');
  return { ...describeRevision(row), document: storedDocument(row.document) };
};
