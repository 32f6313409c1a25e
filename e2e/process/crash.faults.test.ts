import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../prisma/migrate';
import { crashOnce } from '../../scripts/load/crash';
import { type Seeded, seed } from '../../scripts/load/seed';
import {
  buildPages,
  buildTimeoutMs,
  removeDataDir,
  startServerProcess,
  temporaryDataDir,
} from './server-process';

let dataDir: string;
let seeded: Seeded;
const crashes = Number(process.env.CRASHES ?? 2);

beforeAll(async () => {
  await buildPages();
  dataDir = temporaryDataDir();
  process.env.GATEHOUSE_DATA_DIR = dataDir;
  process.env.LOG_LEVEL = 'silent';
  await migrate(`${dataDir}/gatehouse.db`);
  seeded = await seed({ sites: 1500, hosts: 20, activity: 2000, people: 20 });
}, buildTimeoutMs);
afterAll(() => removeDataDir(dataDir));

test('killed while people save, it loses nothing that it acknowledged, its database is sound, and it starts again', async () => {
  let acknowledged = 0;
  let server = await startServerProcess(dataDir);
  for (let round = 1; round <= crashes; round += 1) {
    const { crash, server: next } = await crashOnce({ server, dataDir, seeded, round });
    server = next;
    expect(crash).toMatchObject({ lost: [], integrity: 'ok' });
    acknowledged += crash.acknowledged;
  }
  await server.stop();
  expect(await server.ended).toBe(0);
  expect(acknowledged).toBeGreaterThan(10);
});
