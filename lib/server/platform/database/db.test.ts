import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '../../../generated/prisma/client';
import { startTestServer, type TestServer } from '../../testing/test-server';
import { db, teamDb } from './db';
import { scopedModels, teamlessModels } from './team-scope';
import { write } from './write';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the reading connection cannot write, whatever its type is cast to', async () => {
  const cast = db() as unknown as Prisma.TransactionClient;
  await expect(cast.team.create({ data: { slug: 'a', name: 'a' } })).rejects.toThrow(/readonly/i);
  expect(await db().team.count()).toBe(0);
});

test('a transaction that fails takes nothing else with it, and readers never see the middle of one', async () => {
  let seen = -1;
  const failing = write(async (tx) => {
    await tx.team.create({ data: { slug: 'gone', name: 'gone' } });
    seen = await db().team.count();
    throw new Error('on purpose');
  });
  const other = write((tx) => tx.team.create({ data: { slug: 'stays', name: 'stays' } }));
  await expect(failing).rejects.toThrow('on purpose');
  await other;
  expect(seen).toBe(0);
  expect((await db().team.findMany()).map(({ slug }) => slug)).toEqual(['stays']);
});

test('transactions that wait for each other leave everybody else a turn of the event loop between two', async () => {
  let turn = 0;
  const count = () => {
    turn += 1;
    ticking = setImmediate(count);
  };
  let ticking = setImmediate(count);
  const turns = await Promise.all([1, 2, 3, 4].map(() => write(async () => turn)));
  clearImmediate(ticking);
  expect(turns).toEqual([...new Set(turns)].sort((a, b) => a - b));
});

test('a commit waits for the disk, so that a power cut takes none of those that were answered', async () => {
  const [row] = await write((tx) => tx.$queryRaw<{ synchronous: bigint }[]>`PRAGMA synchronous`);
  const full = 2;
  expect(Number(row?.synchronous)).toBe(full);
});

test('a transaction inside a transaction is an error instead of waiting forever', async () => {
  await expect(write(() => write(async () => undefined))).rejects.toThrow('already open');
});

test('every model either belongs to a team or is known to belong to none', () => {
  const known = [...scopedModels, ...teamlessModels];
  expect(known.sort()).toEqual(Object.values(Prisma.ModelName).sort());
});

test.each(scopedModels)('the team’s client can narrow %s', async (model) => {
  const delegate = `${model[0]?.toLowerCase()}${model.slice(1)}` as 'team';
  expect(await teamDb('no-such-team')[delegate].count()).toBe(0);
});
