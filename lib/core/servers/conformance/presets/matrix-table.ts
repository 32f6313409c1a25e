import type { ServerKind } from '../../types';
import type { PresetCell } from './preset-cell';

/** The matrix as people read it: a line per preset, a column per prefix mode. */
export function matrixTable(
  server: ServerKind,
  cells: readonly PresetCell[],
  outcomes: ReadonlyMap<string, string>,
): string {
  const modes = ['none', 'fixed', 'keep', 'strip', 'add', 'rewrite', 'extras'].filter((mode) =>
    cells.some((cell) => cell.mode === mode),
  );
  const titles = [...new Set(cells.map(({ preset }) => preset.title))];
  const rows = titles.map((title) => [
    title,
    ...modes.map((mode) => {
      const cell = cells.find((each) => each.preset.title === title && each.mode === mode);
      return cell === undefined ? '·' : (outcomes.get(cell.site.name) ?? 'not run');
    }),
  ]);
  const table = [[server, ...modes], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}
