import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffWhole } from '#core/plan/diff';
import { countLines, foldUnchanged, isChangedLine, openGap, splitRows, threeWayRows } from './diff-rows';

const numbered = (count: number, edit: (line: number) => string | null = String) =>
  Array.from({ length: count }, (_, index) => edit(index + 1))
    .filter((line) => line !== null)
    .map((line) => `${line}\n`)
    .join('');
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', '', '}'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

describe('folding never takes a line out of the review', () => {
  test('the blocks hold every line once and in order, and no fold holds a change', () => {
    fc.assert(
      fc.property(text, text, fc.nat(4), (old, next, context) => {
        const lines = diffWhole(old, next);
        const blocks = foldUnchanged(lines, isChangedLine, { context });
        expect(blocks.flatMap((block) => block.lines)).toEqual(lines);
        for (const block of blocks) {
          if (block.kind === 'gap') expect(countLines(block.lines)).toEqual({ added: 0, removed: 0 });
        }
      }),
    );
  });

  test('a fold opens from both ends and closes up when nothing is left of it', () => {
    const gap = diffWhole(numbered(50), numbered(50));
    expect(openGap(gap, 20, 10).map((block) => [block.kind, block.lines.length])).toEqual([
      ['lines', 20],
      ['gap', 20],
      ['lines', 10],
    ]);
    expect(openGap(gap, 30, 20)).toEqual([{ kind: 'lines', lines: gap }]);
    expect(openGap(gap, 0, 0)).toEqual([{ kind: 'gap', lines: gap }]);
  });

  test('a change in a long file leaves three lines around it', () => {
    const blocks = foldUnchanged(
      diffWhole(
        numbered(40),
        numbered(40, (n) => (n === 20 ? 'x' : `${n}`)),
      ),
      isChangedLine,
    );
    expect(blocks.map((block) => [block.kind, block.lines.length])).toEqual([
      ['gap', 16],
      ['lines', 8],
      ['gap', 17],
    ]);
  });
});

describe('side by side', () => {
  test('each side reads as its text', () => {
    fc.assert(
      fc.property(text, text, (old, next) => {
        const rows = splitRows(diffWhole(old, next));
        const read = (side: 'left' | 'right') =>
          rows.flatMap((row) => (row[side] ? [`${row[side].text}\n`] : [])).join('');
        expect(read('left')).toBe(old);
        expect(read('right')).toBe(next);
      }),
    );
  });

  test('a changed line faces what it became', () => {
    const [row] = splitRows(diffWhole('listen 80;\n', 'listen 443;\n'));
    expect([row?.left?.text, row?.right?.text]).toEqual(['listen 80;', 'listen 443;']);
  });
});

describe('three-way', () => {
  test('each column reads as its text', () => {
    fc.assert(
      fc.property(text, text, text, (last, live, planned) => {
        const rows = threeWayRows(last, live, planned);
        const read = (side: 'last' | 'live' | 'planned') =>
          rows.flatMap((row) => (row[side] ? [`${row[side].text}\n`] : [])).join('');
        expect(read('last')).toBe(last);
        expect(read('live')).toBe(live);
        expect(read('planned')).toBe(planned);
        const numbers = rows.flatMap(({ liveNumber }) => liveNumber ?? []);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        expect(rows.every((row) => (row.live === null) === (row.liveNumber === null))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('a line changed by hand is shown between what we wrote and what we will write', () => {
    const rows = threeWayRows('a\nport 1;\nb\n', 'a\nport 2;\nb\n', 'a\nport 3;\nb\n');
    const cells = rows.map((row) => [row.last?.text, row.live?.text, row.planned?.text]);
    expect(cells).toEqual([
      ['a', 'a', 'a'],
      ['port 1;', 'port 2;', 'port 3;'],
      ['b', 'b', 'b'],
    ]);
  });

  test('a line added by hand is seen as such although the plan takes it out again', () => {
    const rows = threeWayRows('a\n', 'a\nallow all;\n', 'a\n');
    expect(rows[1]?.live).toMatchObject({ kind: 'added', text: 'allow all;' });
    expect(rows[1]).toMatchObject({ last: null, planned: null });
  });
});
