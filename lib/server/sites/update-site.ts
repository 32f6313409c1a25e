import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import type { WriteDb } from '../db';
import { AppError, notFound } from '../errors/app-error';
import type { Handler } from '../route';
import { assertSavable } from './assert-savable';
import { describeSite } from './describe-site';
import { placeSite } from './place-site';
import { siteColumns } from './site-columns';
import { storedDocument } from './stored-document';

/** The refusal of an edit that was made from an older version: it says who saved what meanwhile. */
async function stale(tx: WriteDb, siteId: string, head: number): Promise<AppError> {
  const revision = await tx.siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId, number: head } },
    include: { author: { select: { name: true } } },
  });
  const who = revision.author?.name ?? 'Somebody';
  const what = revision.message === '' ? '' : ` (“${revision.message}”)`;
  return new AppError(
    'stale',
    `${who} saved revision ${head}${what} at ${revision.createdAt.toISOString()}, after you began to edit.`,
    {
      hint: 'Compare your edit with that revision, and save again on top of it.',
    },
  );
}

/** Targets in words that last longer than they do: `nginx on web1`. */
async function hostNames(tx: WriteDb, targetIds: readonly string[]): Promise<string[]> {
  const rows = await tx.target.findMany({
    where: { id: { in: [...targetIds] } },
    include: { host: { select: { name: true } } },
  });
  return rows.map(({ server, host }) => `${server} on ${host.name}`).sort();
}

/** Saves a new revision on top of the one that the edit was made from. Earlier revisions never change. */
export const updateSite: Handler<typeof contract.sites.update> = async (context) => {
  const { params, body, actor, ifMatch, change, etag } = context;
  const { document, targetIds, message } = body;
  const saved = await change(async (tx) => {
    const site = await tx.site.findFirst({
      where: { id: params.id, archivedAt: null },
      include: { targets: true },
    });
    if (!site) throw notFound('site');
    if (ifMatch !== String(site.head)) throw await stale(tx, site.id, site.head);
    await assertSavable(tx, body, site.id);
    const head = await tx.siteRevision.findUniqueOrThrow({
      where: { siteId_number: { siteId: site.id, number: site.head } },
    });
    const runs = site.targets.filter(({ removing }) => !removing).map(({ targetId }) => targetId);
    const before = storedDocument(head.document);
    const stays = isDeepStrictEqual(runs.sort(), [...new Set(targetIds)].sort());
    const same = stays && isDeepStrictEqual(before, document);
    const number = same ? site.head : site.head + 1;
    if (!same) {
      await tx.siteRevision.create({
        data: { siteId: site.id, number, document, message, authorId: actor.id },
      });
      await tx.site.update({ where: { id: site.id }, data: { ...siteColumns(document), head: number } });
      if (!stays) await placeSite(tx, site.id, targetIds);
    }
    const ranOn = await hostNames(tx, runs);
    const runsOn = stays ? ranOn : await hostNames(tx, targetIds);
    const audit = {
      subject: `site ${document.name}`,
      subjectId: site.id,
      detail: {
        revision: number,
        changed: !same,
        ...(message && !same ? { message } : {}),
        ...fieldsDetail({ ...before, runsOn: ranOn }, { ...document, runsOn }),
      },
    };
    return { value: await describeSite(tx, site.id), audit };
  });
  etag(saved.head);
  return saved;
};
