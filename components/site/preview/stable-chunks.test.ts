import { expect, it } from 'vitest';
import type { PreviewLine } from './preview-model';
import { stableChunks } from './stable-chunks';

const lines = (count: number, change?: number): PreviewLine[] =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    text: index === change ? 'changed' : `line ${index}`,
    origin: null,
    changed: index === change,
    removedBefore: false,
  }));

it('keeps every piece of a file in which nothing changed, and loses no line', () => {
  const before = stableChunks([], lines(90));
  const after = stableChunks(before, lines(90, 30));
  expect(after.map((chunk, index) => chunk === before[index])).toEqual([true, false, true, true]);
  expect(after.flat()).toEqual(lines(90, 30));
  expect(stableChunks(after, lines(60)).flat()).toEqual(lines(60));
});
