import { performance } from 'node:perf_hooks';
import { labAvailable } from '#lab/index';
import { startWorld } from '../../e2e/apply/world';
import { ansibleContender, ansibleInstalled } from './apply/ansible';
import type { Contender } from './apply/contender';
import { dashboardContender } from './apply/dashboard';
import { rawSshContender } from './apply/raw-ssh';
import { printTable } from './print-table';
import { median } from './quantile';

const fileCounts = [1, 10, 100];

interface Taken {
  readonly ms: number;
  /** Of these, after the review of the plan. */
  readonly reviewedMs: number | null;
}

async function once(contender: Contender, files: number, isCold: boolean): Promise<Taken> {
  await contender.prepare(files);
  if (isCold) await contender.disconnect();
  const start = performance.now();
  const reviewedMs = (await contender.run())?.reviewedMs ?? null;
  return { ms: performance.now() - start, reviewedMs };
}

/** All contenders in turn, round by round, so that a busy machine is busy for all of them. */
async function compare(contenders: readonly Contender[], files: number, isCold: boolean) {
  const taking = contenders.filter((contender) => contender.rounds(files) > 0);
  const times = new Map<Contender, Taken[]>(taking.map((contender) => [contender, []]));
  // The first round warms everything up and does not count.
  for (let round = 0; round <= Math.max(...taking.map((each) => each.rounds(files))); round += 1) {
    for (const contender of taking) {
      if (round > contender.rounds(files)) continue;
      const taken = await once(contender, files, isCold);
      if (round > 0) times.get(contender)?.push(taken);
    }
  }
  return times;
}

/** Changed files of one web server from the review to served, against what people use otherwise, on the same real host. */
export async function bench(): Promise<void> {
  const available = labAvailable();
  if (available !== true) {
    console.log(`\napply: left out, ${available}`);
    return;
  }
  const world = await startWorld();
  const contenders: Contender[] = [];
  try {
    contenders.push(await dashboardContender(world, Math.max(...fileCounts)));
    contenders.push(await rawSshContender(world.host));
    if (ansibleInstalled()) contenders.push(await ansibleContender([world.host]));
    else console.log('\nAnsible is left out: it is not installed (Debian: apt install ansible-core).');
    for (const files of fileCounts) {
      const rows = [];
      for (const isCold of [true, false]) {
        const times = await compare(contenders, files, isCold);
        const all = (taken: readonly Taken[]) => taken.map(({ ms }) => ms);
        const raw = median(all(times.get(contenders[1] as Contender) ?? []));
        for (const [{ name }, taken] of times) {
          const values = all(taken);
          const reviewed = taken.flatMap(({ reviewedMs }) => reviewedMs ?? []);
          rows.push({
            connection: isCold ? 'new' : 'open',
            way: name,
            'median ms': median(values).toFixed(0),
            'fastest ms': Math.min(...values).toFixed(0),
            'after the review': reviewed.length > 0 ? median(reviewed).toFixed(0) : '',
            'ratio to ssh': (median(values) / raw).toFixed(2),
          });
        }
      }
      printTable(`${files} changed files of one nginx, from the plan to served`, rows);
    }
  } finally {
    for (const contender of contenders) await contender.stop();
    await world.stop();
  }
}
