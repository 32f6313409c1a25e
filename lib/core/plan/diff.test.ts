import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyHunks, diff, diffWhole } from './diff';

const line = fc.oneof(
  fc.constantFrom('listen 443 ssl;', 'listen 80;', '}', '', '  proxy_pass http://main;', '\r', 'ü"\\'),
  fc.string(),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, lineEnd]) => lines.join('\n') + (lineEnd ? '\n' : ''));
/** Two texts of which one is an edit of the other, as plans have them. */
const pair = fc.oneof(
  fc.tuple(text, text),
  fc.tuple(text, fc.nat(20), fc.nat(5), text).map(([old, at, remove, insert]): [string, string] => {
    const lines = old.split('\n');
    lines.splice(at, remove, ...insert.split('\n'));
    return [old, lines.join('\n')];
  }),
);

describe('the reviewer sees exactly what changes', () => {
  test('applying the hunks to the old text gives the new one', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 0, max: 4 }), ([old, next], context) => {
        expect(applyHunks(old, diff(old, next, context))).toBe(next);
      }),
      { numRuns: 2000 },
    );
  });

  test('the diff of equal texts is empty', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diff(same, same)).toEqual([]);
      }),
    );
  });

  test('both texts can be read back from the lines, with true numbers', () => {
    fc.assert(
      fc.property(pair, ([old, next]) => {
        const lines = diffWhole(old, next);
        const side = (gone: 'added' | 'removed', number: 'oldNumber' | 'newNumber') => {
          const kept = lines.filter((each) => each.kind !== gone);
          expect(kept.map((each) => each[number])).toEqual(kept.map((_, index) => index + 1));
          return kept.map((each) => each.text + (each.lineEnd ? '\n' : '')).join('');
        };
        expect(side('added', 'oldNumber')).toBe(old);
        expect(side('removed', 'newNumber')).toBe(next);
      }),
    );
  });

  test('marks lie inside their line, in order, and what is unmarked is equal on both sides', () => {
    fc.assert(
      fc.property(line, line, (old, next) => {
        fc.pre(!old.includes('\n') && !next.includes('\n'));
        const [removed, added] = diffWhole(`${old}\n`, `${next}\n`);
        if (!removed?.marks.length && !added?.marks.length) return;
        const unmarked = [removed, added].map((each) => {
          let rest = '';
          let at = 0;
          for (const mark of each?.marks ?? []) {
            expect(mark.start).toBeGreaterThanOrEqual(at);
            expect(mark.end).toBeGreaterThan(mark.start);
            rest += each?.text.slice(at, mark.start);
            at = mark.end;
          }
          expect(at).toBeLessThanOrEqual(each?.text.length ?? 0);
          return rest + (each?.text.slice(at) ?? '');
        });
        expect(unmarked[0]).toBe(unmarked[1]);
      }),
    );
  });
});

test('a changed port is marked as a word', () => {
  const hunks = diff('a\n  server 10.0.0.5:8010;\nb\n', 'a\n  server 10.0.0.5:8011;\nb\n');
  const marked = hunks.flatMap((hunk) =>
    hunk.lines.map((each) => [each.kind, ...each.marks.map((mark) => each.text.slice(mark.start, mark.end))]),
  );
  expect(marked).toEqual([['same'], ['removed', '8010'], ['added', '8011'], ['same']]);
});

test('distant changes make hunks of their own, numbered as in a unified diff', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `${index + 1}`);
  const edited = numbers.map((each) => (each === '3' || each === '20' ? `${each}x` : each));
  const hunks = diff(`${numbers.join('\n')}\n`, `${edited.join('\n')}\n`, 2);
  expect(hunks.map(({ lines, ...place }) => place)).toEqual([
    { oldStart: 1, oldLines: 5, newStart: 1, newLines: 5 },
    { oldStart: 18, oldLines: 5, newStart: 18, newLines: 5 },
  ]);
});

test('a new file and a deleted file are all added and all removed', () => {
  expect(diff(null, 'a\nb\n')).toMatchObject([{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 }]);
  expect(diff('a\nb\n', null)).toMatchObject([{ oldStart: 1, oldLines: 2, newStart: 0, newLines: 0 }]);
});

test('a missing final line feed is a difference', () => {
  expect(diff('a', 'a\n')).toHaveLength(1);
  expect(applyHunks('a', diff('a', 'a\n'))).toBe('a\n');
});

test('two large files with nothing in common still diff, as one replacement', () => {
  const old = Array.from({ length: 5000 }, (_, index) => `old ${index}\n`).join('');
  const next = Array.from({ length: 5000 }, (_, index) => `new ${index}\n`).join('');
  expect(applyHunks(old, diff(old, next))).toBe(next);
});
