import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { TaskTooLarge, WorkPool } from './work-pool';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-work-'));
const program = join(directory, 'worker.mjs');
writeFileSync(
  program,
  `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ act, value }) => {
  if (act === 'spin') for (;;);
  if (act === 'grow') { const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length)); }
  if (act === 'throw') parentPort.postMessage({ error: 'its own words' });
  else if (act === 'sleep') setTimeout(() => parentPort.postMessage({ value }), 200);
  else parentPort.postMessage({ value });
});`,
);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const poolOf = (threads = 1) =>
  new WorkPool(() => Promise.resolve(program), { threads, timeMs: 4000, memoryMib: 64 });

it('answers, and says what went wrong', async () => {
  const pool = poolOf();
  expect(await pool.run('ada', { value: 1 })).toBe(1);
  await expect(pool.run('ada', { act: 'throw' })).rejects.toThrow('its own words');
  expect(await pool.run('ada', { value: 2 })).toBe(2);
  pool.close();
});

it('ends what exceeds its time or memory, and goes on with a thread of its own', async () => {
  const pool = poolOf();
  await expect(pool.run('ada', { act: 'spin' })).rejects.toBeInstanceOf(TaskTooLarge);
  expect(await pool.run('ada', { value: 3 })).toBe(3);
  await expect(pool.run('ada', { act: 'grow' })).rejects.toThrow(/memory/);
  expect(await pool.run('ada', { value: 4 })).toBe(4);
  pool.close();
});

it('counts processor time: a task that the machine keeps waiting is not refused', async () => {
  const pool = new WorkPool(() => Promise.resolve(program), { threads: 1, timeMs: 80, memoryMib: 64 });
  expect(await pool.run('ada', { act: 'sleep', value: 6 })).toBe(6);
  await expect(pool.run('ada', { act: 'spin' })).rejects.toBeInstanceOf(TaskTooLarge);
  pool.close();
});

it('lets others through between two tasks of one person', async () => {
  const pool = poolOf();
  const order: string[] = [];
  const note = (name: string) => () => order.push(name);
  await Promise.all([
    ...['a1', 'a2', 'a3'].map((name) => pool.run('ada', { act: 'sleep' }).then(note(name))),
    pool.run('bob', { act: 'sleep' }).then(note('b1')),
  ]);
  expect(order.indexOf('b1')).toBeLessThan(3);
  const two = poolOf(2);
  const mine = [two.run('ada', { act: 'spin' }), two.run('ada', { act: 'spin' })];
  // A thread stays free, however much one person asks for.
  expect(await two.run('bob', { value: 5 })).toBe(5);
  two.close();
  await Promise.allSettled(mine);
});

it('closes at once while a thread is busy', async () => {
  const pool = poolOf();
  const busy = pool.run('ada', { act: 'spin' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const started = performance.now();
  pool.close();
  await expect(busy).rejects.toBeInstanceOf(TaskTooLarge);
  expect(performance.now() - started).toBeLessThan(1500);
});
