import { performance } from 'node:perf_hooks';
import { labAvailable } from '#lab/index';
import { startWorld } from '../../e2e/apply/world';
import { ansibleContender, ansibleInstalled } from './apply/ansible';
import type { Contender } from './apply/contender';
import { dashboardContender } from './apply/dashboard';
import { printTable } from './print-table';
import { median } from './quantile';

const hostCount = 20;

/** One changed file on each of many real hosts, with connections that are open already: ours (one host first, then the others), and Ansible. */
export async function bench(): Promise<void> {
  const available = labAvailable();
  if (available !== true) {
    console.log(`\napply-fleet: left out, ${available}`);
    return;
  }
  const world = await startWorld();
  const contenders: Contender[] = [];
  try {
    const hosts = [world.host];
    const targets = [world.nginx];
    while (hosts.length < hostCount) {
      const added = await world.addHost({ name: `web${hosts.length + 1}`, servers: ['nginx'] });
      hosts.push(added.host);
      targets.push(added.nginx);
    }
    contenders.push(await dashboardContender(world, 1, targets));
    if (ansibleInstalled()) contenders.push(await ansibleContender(hosts));
    else console.log('\nAnsible is left out: it is not installed (Debian: apt install ansible-core).');
    const rows = [];
    for (const contender of contenders) {
      const values: number[] = [];
      const reviewed: number[] = [];
      // The first round warms everything up and does not count.
      for (let round = 0; round <= contender.rounds(1); round += 1) {
        await contender.prepare(1);
        const start = performance.now();
        const taken = await contender.run();
        if (round === 0) continue;
        values.push(performance.now() - start);
        if (taken) reviewed.push(taken.reviewedMs);
      }
      rows.push({
        way: contender.name,
        'median ms': median(values).toFixed(0),
        'fastest ms': Math.min(...values).toFixed(0),
        'after the review': reviewed.length > 0 ? median(reviewed).toFixed(0) : '',
      });
    }
    printTable(`one changed file on each of ${hostCount} hosts, from the plan to served`, rows);
  } finally {
    for (const contender of contenders) await contender.stop();
    await world.stop();
  }
}
