import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ProblemError } from '#api/problem-error';
import { labAvailable } from '#lab/index';
import { startWorld } from '../../e2e/apply/world';
import { dashboardContender } from './apply/dashboard';
import { printTable } from './print-table';

const applies = Number(process.env.APPLIES ?? 1000);
const looks = 10;
const mib = (bytes: number) => (bytes / 1_048_576).toFixed(1);

/** What is still in use after everything that is not has been collected. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** A person may do only so much a minute, and then waits as long as they are told to. */
async function patiently(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.retryAfterSeconds === null) throw error;
    await setTimeout(error.retryAfterSeconds * 1000);
    await patiently(run);
  }
}

/** Whether a dashboard that applies again and again takes more and more memory. `APPLIES=100` makes it shorter. */
export async function bench(): Promise<void> {
  const available = labAvailable();
  if (available !== true) {
    console.log(`\nmemory: left out, ${available}`);
    return;
  }
  const world = await startWorld();
  try {
    const contender = await dashboardContender(world, 1);
    await contender.prepare(1);
    const rows = [];
    const every = Math.max(1, Math.floor(applies / looks));
    for (let done = 0; done <= applies; done += 1) {
      if (done % every === 0)
        rows.push({
          applies: done,
          'heap in use, MiB': mib(heapUsed()),
          'process, MiB': mib(process.memoryUsage().rss),
        });
      if (done < applies) await patiently(() => contender.run());
    }
    printTable('memory of a dashboard over many applies of one file on one host', rows);
  } finally {
    await world.stop();
  }
}
