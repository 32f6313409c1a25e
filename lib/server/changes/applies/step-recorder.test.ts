import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepName } from '#core/change/step';
import type { HelperEvent } from '#core/host/event';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { startTestServer, type TestServer } from '../../testing/test-server';
import { StepRecorder } from './step-recorder';

let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

/** An apply of one target, as rows. */
function newTarget(): Promise<{ applyId: string; applyTargetId: string }> {
  const name = `n${++count}`;
  return write(async (tx) => {
    const team = await tx.team.create({ data: { slug: name, name } });
    const host = await tx.host.create({
      data: { teamId: team.id, name, transport: 'local', address: 'localhost' },
    });
    const target = await tx.target.create({ data: { teamId: team.id, hostId: host.id, server: 'nginx' } });
    const plan = await tx.plan.create({ data: { teamId: team.id, hash: '', status: 'applied' } });
    const apply = await tx.apply.create({
      data: {
        teamId: team.id,
        planId: plan.id,
        planHash: '',
        status: 'running',
        targets: { create: { targetId: target.id, status: 'running' } },
      },
      include: { targets: true },
    });
    return { applyId: apply.id, applyTargetId: apply.targets[0]?.id ?? '' };
  });
}

const begin: HelperEvent = {
  event: 'begin',
  protocol: 1,
  nonce: 'n',
  helper: '1.0.0',
  verb: 'apply',
  bootId: 'b',
  atMs: 0,
  epochSeconds: 0,
};
const step = (
  name: StepName,
  status: 'running' | 'ok' | 'failed',
  atMs: number,
  reason?: string,
): HelperEvent => ({
  event: 'step',
  name,
  status,
  atMs,
  ...(reason ? { reason } : {}),
});
const wrote = (path: string, name: StepName): HelperEvent => ({
  event: 'wrote',
  path,
  step: name,
  kind: 'file',
});

/** What a host says of an apply that fails its proof and goes back. */
const log: HelperEvent[] = [
  step('lock', 'running', 1),
  step('lock', 'ok', 2),
  step('write', 'running', 3),
  wrote('/etc/a', 'write'),
  wrote('/etc/b', 'write'),
  step('write', 'ok', 4),
  step('prove', 'running', 5),
  step('prove', 'failed', 6, 'port-not-served'),
  step('restore', 'running', 7),
  wrote('/etc/a', 'restore'),
  step('restore', 'ok', 8),
];
const rows = async (applyTargetId: string) => {
  const found = await db().applyStep.findMany({ where: { applyTargetId }, orderBy: { sequence: 'asc' } });
  return found.map(({ name, status, message }) => ({ name, status, message }));
};

describe('the record is what the host did, however often contact was lost', () => {
  test('events become rows in order, with what was said in them', async () => {
    const { applyId, applyTargetId } = await newTarget();
    const recorder = await StepRecorder.open(applyId, applyTargetId);
    for (const event of [begin, ...log]) recorder.onEvent(event);
    await recorder.flush();
    expect(await rows(applyTargetId)).toEqual([
      { name: 'lock', status: 'ok', message: '' },
      { name: 'write', status: 'ok', message: 'wrote /etc/a\nwrote /etc/b' },
      { name: 'prove', status: 'failed', message: expect.stringContaining('does not listen on a port') },
      { name: 'restore', status: 'ok', message: 'wrote /etc/a' },
    ]);
  });

  test('steps that are heard of in one burst keep the time that they took on the host, and are not in the future', async () => {
    const { applyId, applyTargetId } = await newTarget();
    const recorder = await StepRecorder.open(applyId, applyTargetId);
    const burst = [
      step('lock', 'running', 1000),
      step('lock', 'ok', 1030),
      step('write', 'running', 1030),
      step('write', 'ok', 1110),
    ];
    for (const event of [begin, ...burst]) recorder.onEvent(event);
    await recorder.flush();
    const found = await db().applyStep.findMany({ where: { applyTargetId }, orderBy: { sequence: 'asc' } });
    const took = found.map(({ startedAt, finishedAt }) => Number(finishedAt) - Number(startedAt));
    expect(took).toEqual([30, 80]);
    expect(Math.max(...found.map(({ finishedAt }) => Number(finishedAt)))).toBeLessThanOrEqual(Date.now());
  });

  test('cut anywhere, then replayed from the host’s own log: the same rows as without the cut', async () => {
    const whole = await newTarget();
    const recorder = await StepRecorder.open(whole.applyId, whole.applyTargetId);
    for (const event of [begin, ...log]) recorder.onEvent(event);
    await recorder.flush();
    const expected = await rows(whole.applyTargetId);
    await fc.assert(
      fc.asyncProperty(fc.nat(log.length), fc.boolean(), async (cut, restarted) => {
        const { applyId, applyTargetId } = await newTarget();
        const first = await StepRecorder.open(applyId, applyTargetId);
        for (const event of [begin, ...log.slice(0, cut)]) first.onEvent(event);
        await first.flush();
        const second = restarted ? await StepRecorder.open(applyId, applyTargetId) : first;
        second.replay([begin, ...log.slice(0, Math.min(cut + 1, log.length))]);
        second.replay([begin, ...log]);
        await second.flush();
        expect(await rows(applyTargetId)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('our own check between the host’s steps keeps its place', async () => {
    const { applyId, applyTargetId } = await newTarget();
    const recorder = await StepRecorder.open(applyId, applyTargetId);
    const proven = [begin, step('prove', 'running', 1), step('prove', 'ok', 2)];
    for (const event of proven) recorder.onEvent(event);
    recorder.begin('probe');
    recorder.end('probe', 'ok', '5 of 5 checks passed');
    const confirmed = [step('confirm', 'running', 3), step('confirm', 'ok', 4)];
    recorder.replay([...proven, ...confirmed]);
    await recorder.flush();
    expect(await rows(applyTargetId)).toEqual([
      { name: 'prove', status: 'ok', message: '' },
      { name: 'probe', status: 'ok', message: '5 of 5 checks passed' },
      { name: 'confirm', status: 'ok', message: '' },
    ]);
  });

  test('megabytes of output are capped', async () => {
    const { applyId, applyTargetId } = await newTarget();
    const recorder = await StepRecorder.open(applyId, applyTargetId);
    recorder.onEvent(begin);
    recorder.onEvent(step('test', 'running', 1));
    for (let index = 0; index < 5; index++) {
      const text = 'x'.repeat(50_000);
      recorder.onEvent({ event: 'output', step: 'test', tool: 'nginx', exitCode: 1, text, truncated: false });
    }
    await recorder.flush();
    const row = await db().applyStep.findFirstOrThrow({ where: { applyTargetId } });
    expect(row.output.length).toBeLessThan(70_000);
  });
});
