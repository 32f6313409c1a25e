import { expect, test } from 'vitest';
import { oneATurn } from './one-a-turn.mjs';

test('what comes at once begins in its order, each in a turn of its own: newcomers are let in between', async () => {
  let turn = 0;
  const count = () => {
    turn += 1;
    ticking = setImmediate(count);
  };
  let ticking = setImmediate(count);
  const begin = oneATurn();
  const begun: { readonly piece: number; readonly turn: number }[] = [];
  await new Promise<void>((resolve) => {
    for (const piece of [1, 2, 3, 4])
      begin(() => {
        begun.push({ piece, turn });
        if (piece === 4) resolve();
      });
  });
  await new Promise<void>((resolve) => begin(resolve));
  clearImmediate(ticking);
  expect(begun.map(({ piece }) => piece)).toEqual([1, 2, 3, 4]);
  expect(new Set(begun.map((each) => each.turn)).size).toBe(4);
});

test('work that throws takes none of those that wait with it', async () => {
  const begin = oneATurn();
  const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
  begin(() => {
    throw new Error('on purpose');
  });
  await new Promise<void>((resolve) => begin(resolve));
  expect(await thrown).toMatchObject({ message: 'on purpose' });
});
