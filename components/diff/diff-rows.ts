import { type DiffLine, diffWhole } from '#core/plan/diff';

/** A stretch of a diff: shown lines (or rows), or unchanged ones that are folded away until somebody asks. */
export interface Block<T = DiffLine> {
  readonly kind: 'lines' | 'gap';
  readonly lines: readonly T[];
}

export interface Counts {
  readonly added: number;
  readonly removed: number;
}

export function countLines(lines: readonly DiffLine[]): Counts {
  let [added, removed] = [0, 0];
  for (const { kind } of lines) {
    if (kind === 'added') added++;
    if (kind === 'removed') removed++;
  }
  return { added, removed };
}

/**
 * Folds unchanged lines that are further than `context` lines away from any change. A fold of fewer lines than its own
 * button is high stays open. A text without any change is folded whole.
 */
export function foldUnchanged<T>(
  lines: readonly T[],
  isChanged: (line: T) => boolean,
  { context = 3, smallestGap = 4 } = {},
): Block<T>[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (isChanged(line)) near.fill(1, Math.max(0, index - context), index + context + 1);
  });
  const blocks: Block<T>[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && near[to] === near[from]) to++;
    const run = lines.slice(from, to);
    const folded = near[from] === 0 && run.length >= smallestGap;
    const last = blocks.at(-1);
    if (!folded && last?.kind === 'lines') {
      blocks[blocks.length - 1] = { kind: 'lines', lines: [...last.lines, ...run] };
    } else blocks.push({ kind: folded ? 'gap' : 'lines', lines: run });
    from = to;
  }
  return blocks;
}

/** What is left of a fold after `top` lines were opened from above and `bottom` from below. */
export function openGap<T>(lines: readonly T[], top: number, bottom: number): Block<T>[] {
  if (top + bottom >= lines.length) return [{ kind: 'lines', lines }];
  const end = lines.length - bottom;
  const blocks: Block<T>[] = [
    { kind: 'lines', lines: lines.slice(0, top) },
    { kind: 'gap', lines: lines.slice(top, end) },
    { kind: 'lines', lines: lines.slice(end) },
  ];
  return blocks.filter((block) => block.lines.length > 0);
}

export const isChangedLine = (line: DiffLine) => line.kind !== 'same';

/** One row of a side-by-side view: a removed line faces the added line that took its place. */
export interface SplitRow {
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

export function splitRows(lines: readonly DiffLine[]): SplitRow[] {
  const rows: SplitRow[] = [];
  let [removed, added]: [DiffLine[], DiffLine[]] = [[], []];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      rows.push({ left: removed[index] ?? null, right: added[index] ?? null });
    }
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) flush();
      removed.push(line);
    } else if (line.kind === 'added') added.push(line);
    else {
      flush();
      rows.push({ left: line, right: line });
    }
  }
  flush();
  return rows;
}

/** One row of the three-way view, aligned at what is on the host now. */
export interface ThreeWayRow {
  readonly last: DiffLine | null;
  readonly live: DiffLine | null;
  /** The live line belongs to two comparisons, so its number there says nothing. */
  readonly liveNumber: number | null;
  readonly planned: DiffLine | null;
}

/**
 * Last applied, on the host now, planned: side by side. In `last` a line is `removed` when it was taken out by hand, in
 * `planned` it is `added` when the apply puts it there; `live` is `added` for a line that a hand put there.
 */
export function threeWayRows(last: string, live: string, planned: string | null): ThreeWayRow[] {
  const byHand = splitRows(diffWhole(last, live));
  const byUs = splitRows(diffWhole(live, planned));
  const rows: ThreeWayRow[] = [];
  let [hand, us] = [0, 0];
  while (hand < byHand.length || us < byUs.length) {
    const [h, u] = [byHand[hand], byUs[us]];
    if (h && h.right === null) {
      // Only in what we applied last; a line only in the plan may be shown beside it.
      const beside = u && u.left === null ? u.right : null;
      rows.push({ last: h.left, live: null, liveNumber: null, planned: beside });
      hand++;
      if (beside) us++;
    } else if (u && u.left === null) {
      rows.push({ last: null, live: null, liveNumber: null, planned: u.right });
      us++;
    } else {
      const inserted = h?.left == null || h.left.kind === 'removed';
      rows.push({
        last: h?.left ?? null,
        live: (inserted ? h?.right : u?.left) ?? h?.right ?? null,
        liveNumber: h?.right?.newNumber ?? u?.left?.oldNumber ?? null,
        planned: u?.right ?? null,
      });
      hand++;
      us++;
    }
  }
  return rows;
}

/** Whether any of the three texts differs here. */
export function isChangedRow({ last, live, planned }: ThreeWayRow): boolean {
  return [last, live, planned].some((line) => line === null || line.kind !== 'same');
}
