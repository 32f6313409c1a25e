import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSshKey, labAvailable } from '#lab/index';
import { lookNow } from '#server/changes/drift/drift-jobs';
import { closeHosts } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { enrolAgain } from '#server/testing/enrol-again';
import { tell } from '../../e2e/apply/dashboard';
import { startWorld } from '../../e2e/apply/world';
import { benchSite } from './apply/bench-site';
import { printTable } from './print-table';
import { median } from './quantile';

/** Each of them is enrolled so often that a hundred hosts with ten thousand files come of it. */
const machines = 5;
const hostsPerMachine = 20;
const filesPerHost = 100;
const rounds = 3;
const memoryEveryMs = 20;

interface Look {
  readonly wallMs: number;
  readonly processorMs: number;
  readonly peakMib: number;
}

async function lookAtAll(hostIds: readonly string[]): Promise<Look> {
  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, memoryEveryMs);
  const before = process.cpuUsage();
  const start = performance.now();
  const looks = await Promise.all(hostIds.map(lookNow));
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  const other = looks.filter((look) => look !== 'compared');
  if (other.length > 0) throw new Error(`${other.length} hosts were not compared: ${[...new Set(other)]}`);
  return { wallMs, processorMs: (user + system) / 1000, peakMib: peak / 1_048_576 };
}

async function applyEverywhere(): Promise<Awaited<ReturnType<typeof startWorld>>> {
  const world = await startWorld();
  try {
    const hosts = [world.host];
    const targets = [world.nginx];
    for (let index = 2; index <= machines; index += 1) {
      const added = await world.addHost({ name: `web${index}` });
      hosts.push(added.host);
      targets.push(added.nginx);
    }
    const ids: string[] = [];
    // One file and one link of each site, and one file that all share.
    for (let index = 0; index < filesPerHost / 2; index += 1)
      ids.push(await world.dashboard.createSite(benchSite('drift', index, 10), targets));
    const apply = await world.dashboard.apply(await world.dashboard.plan(ids));
    if (apply.status !== 'succeeded') throw new Error(tell(apply));
    for (const host of hosts)
      for (let number = 2; number <= hostsPerMachine; number += 1) {
        const key = await createSshKey();
        await host.authorize(key.publicKey);
        await enrolAgain(host.name, `${host.name}-${number}`, key.privateKey);
      }
    return world;
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** What it costs the dashboard to compare a fleet with what it left there. */
export async function bench(): Promise<void> {
  const available = labAvailable();
  if (available !== true) {
    console.log(`\ndrift: left out, ${available}`);
    return;
  }
  const world = await applyEverywhere();
  try {
    const hosts = await db().host.findMany({ select: { id: true } });
    const files = await db().appliedFile.count();
    const rows = [];
    for (const isCold of [true, false]) {
      const looks: Look[] = [];
      for (let round = 0; round < rounds; round += 1) {
        if (isCold) await closeHosts();
        looks.push(await lookAtAll(hosts.map(({ id }) => id)));
        await sleep(200);
      }
      const middle = (of: (look: Look) => number) => median(looks.map(of)).toFixed(0);
      rows.push({
        connections: isCold ? 'new' : 'open',
        hosts: hosts.length,
        files,
        'median ms': middle(({ wallMs }) => wallMs),
        'processor ms of the dashboard': middle(({ processorMs }) => processorMs),
        'peak MiB': middle(({ peakMib }) => peakMib),
      });
    }
    printTable(
      `all hosts compared with what was left there (${machines} machines, each as ${hostsPerMachine} hosts)`,
      rows,
    );
  } finally {
    await world.stop();
  }
}
