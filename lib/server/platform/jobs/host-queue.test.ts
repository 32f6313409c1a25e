import { expect, test } from 'vitest';
import { HostQueue } from './host-queue';

/** Work that ends when told to, and says when it runs. */
function controlled(queue: HostQueue, log: string[]) {
  return (name: string, hosts: string[]) => {
    let end = () => {};
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    const done = queue.add(
      hosts,
      async () => {
        log.push(`+${name}`);
        await gate;
        log.push(`-${name}`);
      },
      () => log.push(`!${name}`),
    );
    return { end, done };
  };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test('G8: one at a time per host, in order; other hosts do not wait', async () => {
  const log: string[] = [];
  const add = controlled(new HostQueue(10), log);
  const a = add('a', ['h1']);
  const b = add('b', ['h1', 'h2']);
  const c = add('c', ['h2']);
  const d = add('d', ['h3']);
  await settle();
  expect(log).toEqual(['+a', '+d']);
  a.end();
  await settle();
  expect(log).toEqual(['+a', '+d', '-a', '+b']);
  b.end();
  c.end();
  d.end();
  await Promise.all([a, b, c, d].map(({ done }) => done));
  expect(log.indexOf('-b')).toBeLessThan(log.indexOf('+c'));
});

test('no more than the given number at once', async () => {
  const log: string[] = [];
  const queue = new HostQueue(2);
  const add = controlled(queue, log);
  const works = ['a', 'b', 'c'].map((name) => add(name, [name]));
  await settle();
  expect(log).toEqual(['+a', '+b']);
  works[0]?.end();
  await settle();
  expect(log).toEqual(['+a', '+b', '-a', '+c']);
  for (const { end } of works) end();
  await queue.idle();
  expect(log).toHaveLength(6);
});

test('work that throws is reported and blocks nobody', async () => {
  const queue = new HostQueue(1);
  const errors: unknown[] = [];
  const error = new Error('lost');
  void queue.add(
    ['h'],
    () => Promise.reject(error),
    (each) => errors.push(each),
  );
  let ran = false;
  await queue.add(
    ['h'],
    async () => {
      ran = true;
    },
    () => undefined,
  );
  expect(errors).toEqual([error]);
  expect(ran).toBe(true);
});
