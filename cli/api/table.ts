import { oneLine, paint } from './terminal';

/** Rows below their heads, as wide as their longest cell; the last column is as it is. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => oneLine(cell) || '-'));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ');
  return [paint('bold', line(heads)), ...cells.map(line)].join('\n');
}

/** Prints a list as a table, as JSON, or says that there is nothing. */
export function printList<T>(
  items: readonly T[],
  json: boolean | undefined,
  nothing: string,
  heads: readonly string[],
  row: (item: T) => readonly string[],
): void {
  if (json) console.log(JSON.stringify({ items, total: items.length }, null, 2));
  else if (items.length === 0) console.error(nothing);
  else console.log(table(heads, items.map(row)));
}
