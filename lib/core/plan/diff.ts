import { commonRuns } from './edit-script';

/** Part of a line's text that differs within the line, from `start` up to but not including `end` (UTF-16 units). */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** 1-based; `null` where the line does not exist on that side. */
  readonly oldNumber: number | null;
  readonly newNumber: number | null;
  /** Without its line end. */
  readonly text: string;
  /** False only for a last line that ends without a line feed. */
  readonly lineEnd: boolean;
  /** The words that changed, where a removed and an added line are alike. */
  readonly marks: readonly Mark[];
}

/** A run of changed lines with unchanged ones around it. Starts are 1-based, as in a unified diff. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

/**
 * Line diff of two texts, `null` standing for a file that does not exist. Total and deterministic; equal texts give no hunk, and
 * `applyHunks(old, diff(old, next))` is `next`.
 *
 * @param context unchanged lines kept around each change
 */
export function diff(old: string | null, next: string | null, context = 3): Hunk[] {
  const lines = diffLines(splitLines(old ?? ''), splitLines(next ?? ''));
  return hunksOf(lines, context);
}

/** The whole of both texts as one list of lines, for a view that shows unchanged lines too. */
export function diffWhole(old: string | null, next: string | null): DiffLine[] {
  return diffLines(splitLines(old ?? ''), splitLines(next ?? ''));
}

/** Rebuilds the new text from the old one. The hunks must have been made from this very text. */
export function applyHunks(old: string | null, hunks: readonly Hunk[]): string {
  const source = splitLines(old ?? '');
  const result: string[] = [];
  let taken = 0;
  for (const hunk of hunks) {
    const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    result.push(...source.slice(taken, start));
    for (const line of hunk.lines) {
      if (line.kind !== 'removed') result.push(line.lineEnd ? `${line.text}\n` : line.text);
    }
    taken = start + hunk.oldLines;
  }
  return [...result, ...source.slice(taken)].join('');
}

/** Each line with its line feed; only the last one may lack it. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function diffLines(old: readonly string[], next: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = 0;
  let y = 0;
  const change = (oldEnd: number, newEnd: number) => {
    const removed = old.slice(x, oldEnd);
    const added = next.slice(y, newEnd);
    const marks = removed.map((line, index) => wordMarks(line, added[index] ?? null));
    removed.forEach((line, index) => {
      lines.push(lineOf('removed', line, x + index + 1, null, marks[index]?.old ?? []));
    });
    added.forEach((line, index) => {
      lines.push(lineOf('added', line, null, y + index + 1, marks[index]?.next ?? []));
    });
  };
  for (const run of commonRuns(old, next)) {
    change(run.oldStart, run.newStart);
    for (let index = 0; index < run.length; index++) {
      const [oldNumber, newNumber] = [run.oldStart + index + 1, run.newStart + index + 1];
      lines.push(lineOf('same', old[oldNumber - 1] ?? '', oldNumber, newNumber, []));
    }
    x = run.oldStart + run.length;
    y = run.newStart + run.length;
  }
  change(old.length, next.length);
  return lines;
}

function lineOf(
  kind: DiffLine['kind'],
  line: string,
  oldNumber: number | null,
  newNumber: number | null,
  marks: readonly Mark[],
): DiffLine {
  const lineEnd = line.endsWith('\n');
  return { kind, oldNumber, newNumber, text: lineEnd ? line.slice(0, -1) : line, lineEnd, marks };
}

/** Lines longer than this are shown as changed whole: their words are not worth the time. */
const maxMarkedLength = 2000;
/** Share of a line that must be common to both sides before single words are marked; below it, marks are noise. */
const minCommonShare = 0.3;

function wordMarks(oldLine: string, newLine: string | null): { old: Mark[]; next: Mark[] } {
  const none = { old: [], next: [] };
  if (newLine === null || oldLine.length > maxMarkedLength || newLine.length > maxMarkedLength) return none;
  const [old, next] = [words(oldLine), words(newLine)];
  const runs = commonRuns(old, next);
  const common = runs.flatMap((run) => old.slice(run.oldStart, run.oldStart + run.length));
  const share = common.join('').trim().length / Math.max(oldLine.trim().length, newLine.trim().length, 1);
  if (share < minCommonShare) return none;
  return {
    old: gaps(
      old,
      runs.map((run) => [run.oldStart, run.oldStart + run.length]),
    ),
    next: gaps(
      next,
      runs.map((run) => [run.newStart, run.newStart + run.length]),
    ),
  };
}

function words(line: string): string[] {
  return line.replace(/\n$/, '').match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** Character ranges of the words that no common run covers. */
function gaps(parts: readonly string[], covered: readonly (readonly [number, number])[]): Mark[] {
  const marks: Mark[] = [];
  let offset = 0;
  parts.forEach((part, index) => {
    const end = offset + part.length;
    if (!covered.some(([from, to]) => index >= from && index < to)) {
      const last = marks.at(-1);
      if (last && last.end === offset) marks[marks.length - 1] = { start: last.start, end };
      else marks.push({ start: offset, end });
    }
    offset = end;
  });
  return marks;
}

function hunksOf(lines: readonly DiffLine[], context: number): Hunk[] {
  const changed = lines.flatMap((line, index) => (line.kind === 'same' ? [] : [index]));
  const ranges: { from: number; to: number }[] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - context), Math.min(lines.length, index + context + 1)];
    const last = ranges.at(-1);
    if (last && from <= last.to) last.to = to;
    else ranges.push({ from, to });
  }
  const before = { old: 0, next: 0, index: 0 };
  return ranges.map(({ from, to }) => {
    for (; before.index < from; before.index++) count(before, lines[before.index]);
    const start = { old: before.old, next: before.next };
    for (; before.index < to; before.index++) count(before, lines[before.index]);
    const [oldLines, newLines] = [before.old - start.old, before.next - start.next];
    return {
      // As in a unified diff: an empty side names the line before it.
      oldStart: oldLines === 0 ? start.old : start.old + 1,
      oldLines,
      newStart: newLines === 0 ? start.next : start.next + 1,
      newLines,
      lines: lines.slice(from, to),
    };
  });
}

function count(sides: { old: number; next: number }, line: DiffLine | undefined): void {
  if (line?.kind !== 'added') sides.old++;
  if (line?.kind !== 'removed') sides.next++;
}
