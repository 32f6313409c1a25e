import 'server-only';
import type { contract } from '#api/contract/index';
import { presets } from '#core/presets/index';
import { PresetId } from '#core/site/schema';
import { hashToken } from '../../door/api-token';
import { limitRate } from '../../door/limit-rate';
import type { Handler } from '../../door/route';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { notFound } from '../../platform/errors/app-error';
import { splitNames } from '../site-columns';

const minuteMs = 60_000;

/** What a read-only link shows: names, public addresses and kinds of CI servers. Upstreams, hosts and who made it stay inside. */
export const openLink: Handler<typeof contract.shared.open> = async ({ params, address }) => {
  const now = new Date();
  const link = await db().listLink.findUnique({
    where: { tokenHash: hashToken(params.token) },
    include: { list: true },
  });
  if (!link || link.revokedAt !== null || link.expiresAt <= now) {
    await limitRate(`bad-link ${address}`, { points: 30, perSeconds: 60 });
    throw notFound('link');
  }
  if (!link.lastUsedAt || now.getTime() - link.lastUsedAt.getTime() > minuteMs) {
    await write((tx) => tx.listLink.updateMany({ where: { id: link.id }, data: { lastUsedAt: now } }));
  }
  const rows = await db().site.findMany({
    where: { archivedAt: null, lists: { some: { listId: link.listId } } },
    select: { name: true, preset: true, hostnames: true, publicUrl: true },
    orderBy: { name: 'asc' },
  });
  return {
    name: link.list.name,
    description: link.list.description,
    expiresAt: link.expiresAt.toISOString(),
    sites: rows.map(({ name, preset, hostnames, publicUrl }) => ({
      name,
      ciServer: presets[PresetId.parse(preset)].title,
      hostnames: splitNames(hostnames),
      publicUrl,
    })),
  };
};
