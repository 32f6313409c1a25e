import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Issue } from '#core/issue';
import { db } from '../platform/database/db';
import { write } from '../platform/database/write';
import { addThings } from '../testing/add-things';
import type { Things } from '../testing/sample-requests';
import { addMember, startTestServer, type TestServer } from '../testing/test-server';
import { closeApply } from './applies/finish-target';

let server: TestServer;
let things: Things;

beforeAll(async () => {
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  things = await addThings(team.id, user.id, 'ours');
  await write((tx) =>
    tx.webhook.updateMany({ data: { events: ['apply.finished', 'apply.failed', 'apply.rolled-back'] } }),
  );
});
afterAll(() => server.stop());
beforeEach(() => write((tx) => tx.webhookDelivery.deleteMany()));

const messages = () => db().webhookDelivery.findMany();
/** An apply whose one target has just ended so; its closing is still to come. */
async function ended(status: string, failure: Issue | null = null) {
  await write(async (tx) => {
    await tx.applyTarget.deleteMany();
    await tx.apply.update({ where: { id: things.apply }, data: { status: 'running' } });
    await tx.applyTarget.create({
      data: { applyId: things.apply, targetId: things.target, status, ...(failure ? { failure } : {}) },
    });
  });
}
const close = () => write((tx) => closeApply(tx, things.apply, new Date()));

describe('the end of an apply is told with the change that records it', () => {
  test.each([
    ['succeeded', 'apply.finished', 'The new configuration serves: site-ours on host-ours'],
    ['failed', 'apply.failed', 'The apply failed: site-ours on host-ours'],
    ['rolled-back', 'apply.rolled-back', 'The apply was rolled back: site-ours on host-ours'],
  ])('%s', async (status, event, words) => {
    await ended(status);
    await close();
    const rows = await messages();
    expect(rows).toMatchObject([{ event, status: 'waiting' }]);
    expect(rows[0]?.payload).toMatchObject({ text: expect.stringContaining(words) });
    // A second look at the same end tells nobody again.
    await close();
    expect(await messages()).toHaveLength(1);
  });

  test('one that a person cancelled before it began, and one that is still open, are no news', async () => {
    for (const status of ['cancelled', 'running', 'interrupted']) {
      await ended(status);
      await close();
    }
    expect(await messages()).toEqual([]);
  });

  test('what a tool on the host said stays in the dashboard', async () => {
    const message = 'nginx: [emerg] unknown directive "canary"';
    await ended('failed', { code: 'preflight.refused', severity: 'error', path: [], message });
    await close();
    const [row] = await messages();
    expect(JSON.stringify(row?.payload)).toContain('own test refused');
    expect(JSON.stringify(row?.payload)).not.toContain('canary');
    expect((await db().apply.findUniqueOrThrow({ where: { id: things.apply } })).failure).toMatchObject({
      message,
    });
  });

  test('a transaction that fails afterwards takes the message back', async () => {
    await ended('succeeded');
    const failing = write(async (tx) => {
      await closeApply(tx, things.apply, new Date());
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await messages()).toEqual([]);
    await close();
    expect(await messages()).toHaveLength(1);
  });
});
