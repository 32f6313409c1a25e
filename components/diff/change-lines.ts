import type { Change } from '#core/change/change';
import { type DiffLine, diffWhole } from '#core/plan/diff';
import { sidesOf } from './change-text';
import { type Counts, countLines } from './diff-rows';

interface Diffed {
  readonly lines: readonly DiffLine[];
  readonly counts: Counts;
}

// A plan never changes once made, and its file list and its diffs need the same work.
const cache = new WeakMap<Change, Diffed>();

/** The lines of a change and how many of them are new or gone. */
export function diffedChange(change: Change): Diffed {
  const known = cache.get(change);
  if (known) return known;
  const { before, after } = sidesOf(change);
  const lines = diffWhole(before, after);
  const diffed = { lines, counts: countLines(lines) };
  cache.set(change, diffed);
  return diffed;
}
