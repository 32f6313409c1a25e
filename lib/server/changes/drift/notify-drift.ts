import 'server-only';
import { maxNamed } from '#core/notify/event';
import { notify } from '../../messages/notify/notify';
import type { WriteDb } from '../../platform/database/db';

interface Seen {
  readonly host: { readonly id: string; readonly teamId: string; readonly name: string };
  readonly files: readonly {
    readonly path: string;
    readonly state: string;
    readonly siteId: string | null;
  }[];
}

/** Tells once per comparison which files were found changed, not once per file. */
export async function notifyDrift(tx: WriteDb, { host, files }: Seen): Promise<void> {
  if (files.length === 0) return;
  const siteIds = [...new Set(files.flatMap(({ siteId }) => siteId ?? []))];
  const sites = await tx.site.findMany({
    where: { teamId: host.teamId, id: { in: siteIds.slice(0, maxNamed) } },
    select: { id: true, name: true },
  });
  await notify(tx, {
    teamId: host.teamId,
    siteIds,
    event: {
      name: 'drift.found',
      host: { id: host.id, name: host.name },
      sites,
      total: files.length,
      files: files.slice(0, maxNamed).map(({ path, state }) => ({ path, state })),
    },
  });
}
