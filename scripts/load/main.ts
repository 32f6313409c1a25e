import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeDataDir, startServerProcess, temporaryDataDir } from '../../e2e/process/server-process';
import { crashOnce } from './crash';
import { type Edits, lostEdits, startEditors } from './editors';
import { readTimes, spread, startReaders } from './measure';
import { type Seeded, seed, teamSlug } from './seed';
import { serverPid } from './server-pid';

/**
 * `npm run bench -- load`: a dashboard as it is built and started, over the data of a large team. Reading alone and side by side, fifty people who
 * save at the same time, a real browser, memory, and SIGKILL in the middle of it.
 */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    sites: { type: 'string', default: '10000' },
    hosts: { type: 'string', default: '500' },
    activity: { type: 'string', default: '100000' },
    people: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '300' },
    'readers-seconds': { type: 'string', default: '60' },
    'editors-seconds': { type: 'string', default: '120' },
    'mixed-seconds': { type: 'string', default: '600' },
    crashes: { type: 'string', default: '3' },
    /** Directory that keeps the data once it is made, for the next run of the same amounts. */
    keep: { type: 'string' },
    'no-browser': { type: 'boolean', default: false },
    'no-reads': { type: 'boolean', default: false },
  },
});
const amounts = {
  sites: Number(values.sites),
  hosts: Number(values.hosts),
  activity: Number(values.activity),
  people: Number(values.people),
};
const rounds = Number(values.rounds);
const email = 'scroll@load.test';
const password = 'correct horse battery';
const dataDir = temporaryDataDir();
process.env.GATEHOUSE_DATA_DIR = dataDir;
process.env.LOG_LEVEL = 'error';
const environment = { GATEHOUSE_DRIFT_MINUTES: '0' };
const gib = 1024 ** 3;
const mib = 1024 ** 2;

function residentMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function showEdits(edits: Edits): void {
  const lost = lostEdits(join(dataDir, 'gatehouse.db'), edits);
  console.table({
    ...spread(edits.times),
    acknowledged: edits.acknowledged.length,
    ...Object.fromEntries([...edits.statuses].sort().map(([status, n]) => [`status ${status}`, n])),
    'SQLITE_BUSY seen': edits.busy.length,
    lost: lost.length,
  });
  if (lost.length > 0) console.log(lost.slice(0, 10).join('\n'));
}

async function prepareData(): Promise<Seeded> {
  const command = ['cli/gatehouse.mjs', 'setup', '--email', email, '--team', 'Other', '--password-stdin'];
  execFileSync(process.execPath, command, { input: password, stdio: ['pipe', 'ignore', 'inherit'] });
  const seeded = await seed(amounts);
  const { closeDb } = await import('#server/platform/database/db');
  const { write } = await import('#server/platform/database/write');
  await write(async (tx) => {
    const team = await tx.team.findUniqueOrThrow({ where: { slug: teamSlug } });
    const user = await tx.user.findUniqueOrThrow({ where: { email } });
    await tx.member.create({ data: { teamId: team.id, userId: user.id, role: 'admin' } });
  });
  await closeDb();
  return seeded;
}

/** The data of an earlier run, or new ones. */
async function keptData(): Promise<Seeded> {
  const { keep } = values;
  const note = keep && join(keep, 'seeded.json');
  if (keep && note && existsSync(note)) {
    copyFileSync(join(keep, 'gatehouse.db'), join(dataDir, 'gatehouse.db'));
    return JSON.parse(readFileSync(note, 'utf8')) as Seeded;
  }
  const seeding = Date.now();
  const seeded = await prepareData();
  console.log(`Seeded ${JSON.stringify(amounts)} in ${Math.round((Date.now() - seeding) / 1000)} s.`);
  if (keep && note) {
    mkdirSync(keep, { recursive: true, mode: 0o700 });
    copyFileSync(join(dataDir, 'gatehouse.db'), join(keep, 'gatehouse.db'));
    writeFileSync(note, JSON.stringify(seeded), { mode: 0o600 });
  }
  return seeded;
}

try {
  const processors = cpus();
  console.log(
    `${processors.length} × ${processors[0]?.model.trim()}, ${(totalmem() / gib).toFixed(0)} GiB, Node ${process.versions.node}`,
  );
  const seeded = await keptData();
  let server = await startServerProcess(dataDir, environment);
  const pid = serverPid(dataDir);
  if (!values['no-reads']) {
    console.log(`\nms to the whole answer, ${rounds} calls one after the other`);
    console.table(await readTimes(server.url, seeded, { rounds, atOnce: 1, pid }));
  }
  const readSeconds = Number(values['readers-seconds']);
  if (readSeconds > 0) {
    const stop = await startReaders(server.url, seeded, pid);
    await pause(readSeconds);
    console.log(`\n${amounts.people} people looking at all of it for ${readSeconds} s, ms`);
    console.table(await stop());
  }
  if (!values['no-browser']) {
    const { scrollSites } = await import('./browser');
    const { scriptKb, biggest, scrolledPx, longTasks } = await scrollSites(server.url, email, password);
    console.log(
      `\nSites list in Chromium: ${scriptKb.toFixed(1)} kB of script over the wire at the first load`,
    );
    console.table(biggest.map(({ url, kb }) => ({ url, kB: kb.toFixed(1) })));
    console.log(
      `Scrolled ${scrolledPx} px: ${longTasks.length} tasks over 50 ms (${longTasks.join(', ')} ms)`,
    );
  }
  const editSeconds = Number(values['editors-seconds']);
  if (editSeconds > 0) {
    const editors = startEditors(() => server.url, seeded, 'load');
    await pause(editSeconds);
    await editors.stop();
    console.log(`\n${amounts.people} people saving for ${editSeconds} s`);
    showEdits(editors.edits);
  }
  const mixedSeconds = Number(values['mixed-seconds']);
  if (mixedSeconds > 0) {
    const editors = startEditors(() => server.url, seeded, 'mixed');
    const stopReaders = await startReaders(server.url, seeded, pid);
    const memory: number[] = [];
    for (let tick = 0; tick < 10; tick += 1) {
      await pause(mixedSeconds / 10);
      memory.push(residentMib(pid));
    }
    await editors.stop();
    console.log(`\n${amounts.people} people saving and ${amounts.people} looking for ${mixedSeconds} s`);
    showEdits(editors.edits);
    console.table(await stopReaders());
    console.log(`Memory in MiB, at each tenth of it: ${memory.map((each) => each.toFixed(0)).join(' ')}`);
  }

  const crashes = Number(values.crashes);
  const rows: object[] = [];
  for (let round = 1; round <= crashes; round += 1) {
    const { crash, server: next } = await crashOnce({ server, dataDir, seeded, round, environment });
    rows.push({ ...crash, lost: crash.lost.length });
    console.log(`Crash ${round}: ${JSON.stringify(rows.at(-1))}`);
    server = next;
  }
  await server.stop();
  if (rows.length > 0) {
    console.log(`\nkill -9 while ${amounts.people} people save`);
    console.table(rows);
  }
  const { size } = statSync(join(dataDir, 'gatehouse.db'));
  console.log(`\nDatabase: ${(size / mib).toFixed(0)} MiB`);
} finally {
  removeDataDir(dataDir);
}
