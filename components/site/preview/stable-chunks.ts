import type { PreviewLine } from './preview-model';

export const chunkLines = 25;

const same = (a: PreviewLine | undefined, b: PreviewLine) =>
  a !== undefined &&
  a.text === b.text &&
  a.changed === b.changed &&
  a.removedBefore === b.removedBefore &&
  a.origin?.why === b.origin?.why;

/**
 * Cuts a file into pieces that stay the very same objects while nothing in them changes, so that a keystroke draws the few lines that it concerns
 * and passes over the rest of a long file at once.
 */
export function stableChunks(
  before: readonly (readonly PreviewLine[])[],
  lines: readonly PreviewLine[],
): readonly (readonly PreviewLine[])[] {
  return Array.from({ length: Math.ceil(lines.length / chunkLines) }, (_, index) => {
    const chunk = lines.slice(index * chunkLines, (index + 1) * chunkLines);
    const old = before[index];
    return old?.length === chunk.length && chunk.every((line, at) => same(old[at], line)) ? old : chunk;
  });
}
