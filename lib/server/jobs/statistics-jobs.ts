import 'server-only';
import { gatherStatistics } from '../../../prisma/gather-statistics';
import { env } from '../env';
import { log } from '../log';
import { singleton } from '../singleton';

/** A team that has just brought thousands of sites in shall not wait longer for quick lists. */
const everyMs = 10 * 60_000;

/** To be called once when the server starts: the start has counted what the tables hold; this does it again, as they grow. */
export function startStatistics(): void {
  singleton('jobs.statistics', () => setInterval(gather, everyMs).unref());
}

function gather(): void {
  try {
    gatherStatistics(env().databaseFile);
  } catch (error) {
    // Another process has the lock of the database. It is as good ten minutes later.
    log().warn({ err: error }, 'statistics of the database were not gathered');
  }
}
