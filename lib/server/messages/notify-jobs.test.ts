import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { NotifyEvent } from '#core/notify/event';
import { db } from '../platform/database/db';
import { write } from '../platform/database/write';
import { spawnProgram } from '../testing/spawn-program';
import { addMember, startTestServer, type TestServer } from '../testing/test-server';
import { notify } from './notify/notify';
import { sealUrl } from './webhooks/seal-url';
import { type Receiver, startReceiver } from './webhooks/testing/receiver';

const settings = { GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' };
let server: TestServer;
let receiver: Receiver;
let teamId: string;
let child: ChildProcess | null = null;

beforeAll(async () => {
  server = await startTestServer(settings);
  receiver = await startReceiver();
  const { team } = await addMember('ours', 'admin');
  teamId = team.id;
  await write(async (tx) => {
    const address = await sealUrl(tx, teamId, receiver.url);
    const events = ['drift.found'];
    await tx.webhook.create({ data: { teamId, name: 'ops', kind: 'slack', ...address, events } });
  });
});
const kill = async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  child = null;
};
afterEach(kill);
afterAll(async () => {
  await receiver.close();
  await server.stop();
});

async function startDashboard() {
  child = await spawnProgram('lib/server/platform/jobs/testing/notify-main.ts', [], {
    ...settings,
    GATEHOUSE_DATA_DIR: server.dataDir,
  });
}

test('a message survives kill -9 of the process that was sending it, and of one that had not begun', async () => {
  const event: NotifyEvent = {
    name: 'drift.found',
    host: { id: 'h', name: 'web1' },
    sites: [],
    total: 1,
    files: [{ path: '/etc/x', state: 'changed' }],
  };
  await write((tx) => notify(tx, { teamId, event, siteIds: [] }));
  receiver.answer(() => undefined);
  await startDashboard();
  await receiver.has(1);
  await kill();
  const cut = await db().webhookDelivery.findFirstOrThrow();
  expect(cut).toMatchObject({ status: 'waiting', attempts: 0, finishedAt: null });

  await write((tx) => notify(tx, { teamId, event, siteIds: [] }));
  receiver.answer((response) => response.writeHead(204).end());
  await startDashboard();
  await receiver.has(3);
  while ((await db().webhookDelivery.count({ where: { status: 'delivered' } })) < 2) await setTimeout(50);
  expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  expect(await db().webhookDelivery.findMany()).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
});
