import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { TransportError } from '../../platform/errors/transport-error';
import { addThings } from '../../testing/add-things';
import { addMember, startTestServer, type TestServer } from '../../testing/test-server';
import { appliedVersion } from './applied-version';
import type { FoundDrift } from './read-drift';
import { recordDrift, recordUnreachable } from './record-drift';

let server: TestServer;
let host: { id: string; teamId: string; name: string };
let targetId: string;
let applyId: string;
let recorded = 0;

beforeAll(async () => {
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  const things = await addThings(team.id, user.id, 'a');
  targetId = things.target;
  applyId = things.apply;
  host = await db().host.findUniqueOrThrow({ where: { id: things.host } });
});
afterAll(() => server.stop());
beforeEach(() =>
  write(async (tx) => {
    await tx.driftFile.deleteMany();
    await tx.applyTarget.deleteMany();
    // The record only grows: each test looks at what it added.
    recorded = await tx.activity.count();
  }),
);

const found = (more: Partial<FoundDrift> = {}): FoundDrift => ({
  targetId,
  path: '/etc/nginx/sites-available/gatehouse-a.conf',
  role: 'site',
  siteId: null,
  state: 'changed',
  live: { kind: 'absent' },
  print: 'one',
  content: 'text',
  ...more,
});
const record = async (files: readonly FoundDrift[], startedAt = new Date()) => {
  const targets = await db().target.findMany({ where: { hostId: host.id }, include: { appliedFiles: true } });
  return recordDrift({ host, startedAt, found: files, applied: appliedVersion(targets) });
};
const rows = () => db().driftFile.findMany();
const events = async () =>
  (await db().activity.findMany({ orderBy: { sequence: 'asc' }, skip: recorded })).map(({ event }) => event);

describe('what a comparison found is kept truthfully', () => {
  test('begins, goes on without a word, ends: only changes are on the record', async () => {
    expect(await record([found()])).toBe(true);
    const [first] = await rows();
    expect(await record([found({ content: undefined })])).toBe(true);
    const [again] = await rows();
    expect(again).toMatchObject({ id: first?.id, content: 'text', firstSeenAt: first?.firstSeenAt });
    expect(again?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(first?.lastSeenAt.getTime() ?? 0);
    expect(await record([])).toBe(true);
    expect(await rows()).toEqual([]);
    expect(await events()).toEqual(['drift.found', 'drift.gone']);
  });

  test('a decision holds for one state of the path and for no other', async () => {
    await record([found()]);
    const decide = { decision: 'ignored', reason: 'known', decidedAt: new Date() };
    await write((tx) => tx.driftFile.updateMany({ data: decide }));
    await record([found()]);
    expect(await rows()).toMatchObject([{ decision: 'ignored', reason: 'known' }]);
    await record([found({ print: 'two', content: 'other' })]);
    expect(await rows()).toMatchObject([{ decision: null, reason: '', decidedAt: null, content: 'other' }]);
  });

  test('an apply that ran meanwhile makes what was seen worthless', async () => {
    const startedAt = new Date();
    await write((tx) => tx.applyTarget.create({ data: { applyId, targetId, status: 'running' } }));
    expect(await record([found()], startedAt)).toBe(false);
    const end = { status: 'succeeded', finishedAt: new Date() };
    await write((tx) => tx.applyTarget.updateMany({ data: end }));
    expect(await record([found()], startedAt)).toBe(false);
    expect(await rows()).toEqual([]);
    expect(await record([found()], new Date(Date.now() + 1))).toBe(true);
  });

  test('what counts as applied changed meanwhile: nothing is kept', async () => {
    const kept = await recordDrift({ host, startedAt: new Date(), found: [found()], applied: 'another' });
    expect(kept).toBe(false);
    expect(await rows()).toEqual([]);
  });

  test('the first failure says since when, and keeps what was known', async () => {
    await record([found()]);
    const error = new TransportError('unreachable', 'No answer.', 'Look.');
    const first = new Date('2026-01-01T00:00:00Z');
    await recordUnreachable(host.id, error, first);
    await recordUnreachable(host.id, error, new Date('2026-01-02T00:00:00Z'));
    const lost = await db().host.findUniqueOrThrow({ where: { id: host.id } });
    expect(lost.unreachableSince).toEqual(first);
    expect(lost.lastError).toMatchObject({ code: 'unreachable' });
    expect(await rows()).toHaveLength(1);
    await record([found()]);
    expect(await db().host.findUniqueOrThrow({ where: { id: host.id } })).toMatchObject({
      unreachableSince: null,
      lastError: null,
    });
  });
});
