import fc from 'fast-check';
import { expect, it } from 'vitest';
import { operations } from '#api/contract/index';
import { largestInput } from '#server/testing/largest-input';
import { isModestJson, mostJsonDepth, mostJsonValues } from './modest-json';

it('refuses what is nested too deep or holds too much', () => {
  expect(isModestJson('['.repeat(mostJsonDepth) + ']'.repeat(mostJsonDepth))).toBe(true);
  expect(isModestJson('['.repeat(mostJsonDepth + 1))).toBe(false);
  expect(isModestJson(`[${'0,'.repeat(mostJsonValues)}0]`)).toBe(false);
  expect(isModestJson('{"a":"[[[[","b":"\\"[[[["}')).toBe(true);
});

it('is not misled by the contents of strings', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isModestJson(JSON.stringify({ [text]: `${text}${'[{,'.repeat(mostJsonDepth + 1)}` }))).toBe(
        true,
      );
    }),
  );
});

it('lets in the largest input of every operation', () => {
  const refused = operations.filter(({ body }) => {
    const usual = 1024 * 1024;
    return body && !isModestJson(JSON.stringify(largestInput(body, usual)));
  });
  expect(refused.map(({ id }) => id)).toEqual([]);
});

it('is linear', () => {
  const started = performance.now();
  isModestJson(`"${'\\'.repeat(6_000_000)}`);
  isModestJson(`"${'\\"'.repeat(3_000_000)}`);
  // Seconds where it is not.
  expect(performance.now() - started).toBeLessThan(2000);
});
