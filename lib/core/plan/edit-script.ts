/** A stretch that both sequences share: `length` items from `oldStart` and from `newStart` on. */
export interface CommonRun {
  readonly oldStart: number;
  readonly newStart: number;
  readonly length: number;
}

/**
 * Beyond this many differing items the search is given up and the differing middle counts as replaced whole. Memory grows with
 * the square of it; a reviewer does not read such a diff line by line anyway.
 */
const maxEdits = 1500;

/** The shared stretches of two sequences, in order, by Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986). */
export function commonRuns(old: readonly string[], next: readonly string[]): CommonRun[] {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  ) {
    tail++;
  }
  const middle = search(old.slice(head, old.length - tail), next.slice(head, next.length - tail));
  const runs: CommonRun[] = [
    { oldStart: 0, newStart: 0, length: head },
    ...middle.map((run) => ({ ...run, oldStart: run.oldStart + head, newStart: run.newStart + head })),
    { oldStart: old.length - tail, newStart: next.length - tail, length: tail },
  ];
  return runs.filter((run) => run.length > 0);
}

function search(old: readonly string[], next: readonly string[]): CommonRun[] {
  if (old.length === 0 || next.length === 0) return [];
  const limit = Math.min(old.length + next.length, maxEdits);
  // furthest[k + limit + 1]: how far into `old` the best path on diagonal k (old index minus new index) has come.
  const furthest = new Int32Array(2 * limit + 3);
  const at = (diagonal: number) => furthest[diagonal + limit + 1] ?? 0;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(furthest.slice(limit - edits, limit + edits + 3));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      let x = down ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (x < old.length && x - diagonal < next.length && old[x] === next[x - diagonal]) x++;
      furthest[diagonal + limit + 1] = x;
      if (x >= old.length && x - diagonal >= next.length) return walkBack(trace, old.length, next.length);
    }
  }
  return [];
}

function walkBack(trace: readonly Int32Array[], oldLength: number, newLength: number): CommonRun[] {
  const runs: CommonRun[] = [];
  let x = oldLength;
  let y = newLength;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const before = trace[edits];
    const at = (diagonal: number) => before?.[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const previousDiagonal = down ? diagonal + 1 : diagonal - 1;
    const previousX = edits === 0 ? 0 : at(previousDiagonal);
    const previousY = edits === 0 ? 0 : previousX - previousDiagonal;
    // The snake after the single edit of this round.
    const startX = edits === 0 ? 0 : down ? previousX : previousX + 1;
    const length = x - startX;
    if (length > 0) runs.unshift({ oldStart: startX, newStart: y - length, length });
    x = previousX;
    y = previousY;
  }
  return runs;
}
