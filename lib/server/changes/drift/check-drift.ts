import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { lookNow } from './drift-jobs';
import { summariseDrift } from './summarise-drift';

/** The answer waits this long for slow hosts; their results are there when they are. */
const patienceMs = 45_000;

/** Compares hosts now, as somebody asked for. A host that an apply works on, or that cannot be reached, is no error: the summary says so. */
export const checkDrift: Handler<typeof contract.drift.check> = async ({ db, body, team, change }) => {
  const chosen = body.hostIds === 'all' ? null : [...new Set(body.hostIds)];
  const hosts = await db.host.findMany({
    where: {
      archivedAt: null,
      targets: { some: {} },
      ...(chosen ? { id: { in: chosen } } : {}),
    },
    select: { id: true, name: true },
  });
  if (chosen && hosts.length < chosen.length) throw notFound('host');
  await change(async () => ({
    value: undefined,
    audit: {
      subject:
        chosen && hosts.length <= 5
          ? hosts.map(({ name }) => name).join(', ')
          : `${hosts.length} hosts of ${team.name}`,
      detail: { hosts: hosts.length },
    },
  }));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([Promise.all(hosts.map(({ id }) => lookNow(id))), patience]);
  clearTimeout(timer);
  return summariseDrift(db);
};
