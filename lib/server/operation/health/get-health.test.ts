import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { closeDb } from '../../platform/database/db';
import { startTestServer, type TestServer } from '../../testing/test-server';
import { getHealth } from './get-health';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('health is 200 with the version while the database answers, and 503 when it does not', async () => {
  const well = await getHealth();
  expect([well.status, await well.json()]).toEqual([200, { status: 'ok', version: packageJson.version }]);
  await closeDb();
  for (const name of ['gatehouse.db', 'gatehouse.db-wal', 'gatehouse.db-shm'])
    rmSync(join(server.dataDir, name), { force: true });
  const ill = await getHealth();
  expect([ill.status, await ill.json()]).toEqual([503, { status: 'failed', version: packageJson.version }]);
});
