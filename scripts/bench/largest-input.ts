import { addLargeTeam } from '../../e2e/process/largest/large-team';
import { tableOf, walkOperations } from '../../e2e/process/largest/walk-operations';
import {
  buildPages,
  removeDataDir,
  startServerProcess,
  temporaryDataDir,
} from '../../e2e/process/server-process';
import { serverPid } from '../load/server-pid';
import { printTable } from './print-table';
import { quantile } from './quantile';

const sites = Number(process.env.SITES ?? 2000);
const mostPeople = 2000;

/** What health waits for while every operation gets the largest input that it admits. `SITES=200` makes the team smaller. */
export async function bench(): Promise<void> {
  await buildPages();
  const dataDir = temporaryDataDir();
  try {
    const team = await addLargeTeam(dataDir, { sites, people: mostPeople });
    const server = await startServerProcess(dataDir, {
      GATEHOUSE_DRIFT_MINUTES: '0',
      GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1',
    });
    try {
      const outcomes = await walkOperations(server, serverPid(dataDir), team);
      printTable(`largest input of every operation, a team of ${sites} sites`, tableOf(outcomes));
      const looks = outcomes.flatMap((each) => each.looks);
      const p99 = (of: 'waitMs' | 'busyMs') =>
        Math.round(
          quantile(
            looks.map((look) => look[of]),
            0.99,
          ),
        );
      printTable('all of them together', [
        {
          calls: outcomes.length,
          'health asked': looks.length,
          'p99, ms': p99('waitMs'),
          'p99 of the server’s own processor time, ms': p99('busyMs'),
        },
      ]);
    } finally {
      await server.stop();
    }
  } finally {
    removeDataDir(dataDir);
  }
}
