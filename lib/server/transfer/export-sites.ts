import 'server-only';
import type { contract } from '#api/contract/index';
import { ServerKind } from '#core/servers/types';
import type { Prisma } from '../../generated/prisma/client';
import type { ReadDb } from '../db';
import { notFound } from '../errors/app-error';
import { inBatches } from '../in-batches';
import { findList } from '../lists/find-list';
import type { Handler } from '../route';
import { headRevisions } from '../sites/head-revisions';
import { type ExportedSite, jsonFile, yamlFile } from './site-text';

const select = {
  id: true,
  name: true,
  head: true,
  targets: {
    where: { removing: false, target: { host: { archivedAt: null } } },
    select: { target: { select: { server: true, host: { select: { name: true } } } } },
  },
} as const satisfies Prisma.SiteSelect;

/** @throws AppError `not-found` for an id that is not a site of the team */
async function chosenSites(db: ReadDb, ids: string | undefined, listId: string | undefined) {
  const where = { archivedAt: null, ...(listId ? { lists: { some: { listId } } } : {}) };
  if (ids === undefined) return db.site.findMany({ where, select });
  const wanted = [...new Set(ids.split(','))];
  const rows = await inBatches(wanted, (slice) =>
    db.site.findMany({ where: { ...where, id: { in: slice } }, select }),
  );
  if (rows.length < wanted.length) throw notFound('site');
  return rows;
}

/**
 * Sites as one file: their documents and where they run, by the hosts' names. Addresses of hosts, keys and other secrets are not part of
 * a site's document, so none can be in it.
 */
export const exportSites: Handler<typeof contract.sites.export> = async ({ db, query, team }) => {
  const list = query.listId ? await findList(db, query.listId) : null;
  const rows = await chosenSites(db, query.ids, query.listId);
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const heads = await headRevisions(db, rows);
  const sites = rows.flatMap(({ id, targets }): ExportedSite[] => {
    const head = heads.get(id);
    if (!head) return [];
    const day = head.createdAt.toISOString().slice(0, 10);
    const message = head.message === '' ? '' : `: ${head.message}`;
    return [
      {
        document: head.document,
        targets: targets.map(({ target }) => ({
          host: target.host.name,
          server: ServerKind.parse(target.server),
        })),
        comment: `revision ${head.number}, ${day}, ${head.author?.name ?? 'somebody'}${message}`,
      },
    ];
  });
  const from = list ? `list ${list.name} of the team ${team.name}` : `team ${team.name}`;
  const headings = [
    `Sites of the ${from}, exported from Gatehouse.`,
    'What is not written here is as the CI server’s preset and the schema (gatehouse schema) say.',
  ];
  const { format } = query;
  const base = (list?.name ?? team.slug)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return {
    format,
    fileName: `${base || 'gatehouse'}-sites.${format}`,
    sites: sites.length,
    text: format === 'json' ? jsonFile(sites) : yamlFile(headings, sites),
  };
};
