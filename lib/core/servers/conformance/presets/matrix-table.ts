import { type PresetId, presetIds, presets } from '../../../presets';
import type { ServerKind } from '../../../web-server/render-target';
import { cellModes, cellName, cellNames } from './preset-cell';

/** The matrix as people read it: a line per preset, a column per prefix mode. */
export function matrixTable(server: ServerKind, outcomes: ReadonlyMap<string, string>): string {
  const cell = (id: PresetId, mode: (typeof cellModes)[number]) =>
    cellNames(mode).includes(cellName(id, mode)) ? (outcomes.get(cellName(id, mode)) ?? 'not run') : '·';
  const table = [
    [server, ...cellModes],
    ...presetIds.map((id) => [presets[id].title, ...cellModes.map((mode) => cell(id, mode))]),
  ];
  const widths = [server, ...cellModes].map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}
