import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import { Prisma } from '../../generated/prisma/client';
import type { Handler } from '../door/route';
import { readRows, type WriteDb } from '../platform/database/db';
import { AppError } from '../platform/errors/app-error';
import { assertSavable } from './assert-savable';
import { describeSite } from './describe-site';
import { headSite } from './head-site';
import { placeSite } from './place-site';
import { siteColumns } from './site-columns';

const { sql } = Prisma;

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
async function hostNames(teamId: string, targetIds: readonly string[]): Promise<string[]> {
  if (targetIds.length === 0) return [];
  const rows = await readRows<{ server: string; host: string }>(
    teamId,
    sql`SELECT t."server", h."name" AS "host" FROM "Target" t JOIN "Host" h ON h."id" = t."hostId" WHERE t."id" IN (${Prisma.join([...targetIds])})`,
  );
  return rows.map(({ server, host }) => `${server} on ${host}`).sort();
}

/** Targets that a site is to run on. */
async function targetsOfSite(teamId: string, siteId: string): Promise<string[]> {
  const rows = await readRows<{ targetId: string }>(
    teamId,
    sql`SELECT p."targetId" FROM "SiteTarget" p WHERE p."siteId" = ${siteId} AND NOT p."removing"`,
  );
  return rows.map(({ targetId }) => targetId);
}

/** Saves a new revision on top of the one that the edit was made from. Earlier revisions never change. */
export const updateSite: Handler<typeof contract.sites.update> = async (context) => {
  const { params, body, team, actor, ifMatch, change, etag } = context;
  const { document, targetIds, message } = body;
  const saved = await change(async (tx) => {
    const { document: before, ...site } = await headSite(team.id, params.id);
    if (ifMatch !== String(site.head)) throw await stale(tx, site.id, site.head);
    await assertSavable(tx, team.id, body, site.id);
    const runs = await targetsOfSite(team.id, site.id);
    const stays = isDeepStrictEqual(runs.sort(), [...new Set(targetIds)].sort());
    const same = stays && isDeepStrictEqual(before, document);
    const number = same ? site.head : site.head + 1;
    if (!same) {
      await tx.siteRevision.create({
        data: { siteId: site.id, number, document, message, authorId: actor.id },
        select: { id: true },
      });
      await tx.site.update({
        where: { id: site.id },
        data: { ...siteColumns(document), head: number },
        select: { id: true },
      });
      if (!stays) await placeSite(tx, site.id, targetIds);
    }
    const ranOn = await hostNames(team.id, runs);
    const runsOn = stays ? ranOn : await hostNames(team.id, targetIds);
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
    return { value: await describeSite(team.id, site.id), audit };
  });
  etag(saved.head);
  return saved;
};
