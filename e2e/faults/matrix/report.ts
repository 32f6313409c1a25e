import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerName, serverNames } from '#lab/index';

/** What happened to the cases of one fault on one web server. */
export interface Verdict {
  readonly outcomes: [name: string, outcome: string][];
  readonly failures: [name: string, reason: unknown][];
}

type Column = Readonly<Record<string, string>>;

/** Each web server has a process of its own; those of one run have the same parent. */
const directory = join(tmpdir(), `gatehouse-faults-${process.ppid}`);

/** Nothing of an earlier run with the same number counts. */
export function forgetColumn(server: ServerName): void {
  rmSync(join(directory, `${server}.json`), { force: true });
}

/** Hands in the column of one web server, and prints what there is of the matrix: the last one prints it whole. */
export function reportColumn(
  server: ServerName,
  rows: readonly string[],
  verdicts: ReadonlyMap<string, Verdict>,
): void {
  mkdirSync(directory, { recursive: true });
  const column = Object.fromEntries([...verdicts].map(([name, verdict]) => [name, fieldOf(verdict)]));
  writeFileSync(join(directory, `${server}.json`), JSON.stringify(column));
  const known = new Set(readdirSync(directory));
  const columns = serverNames.flatMap((name): [ServerName, Column][] => {
    const file = `${name}.json`;
    return known.has(file) ? [[name, JSON.parse(readFileSync(join(directory, file), 'utf8'))]] : [];
  });
  console.log(matrix(rows, columns));
  if (columns.length === serverNames.length) rmSync(directory, { recursive: true, force: true });
}

/** `ok · 20 × rolled-back (helper-died), 6 × succeeded`. */
function fieldOf({ outcomes, failures }: Verdict): string {
  const counts = new Map<string, number>();
  for (const [, outcome] of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([outcome, times]) => `${times} × ${outcome}`);
  if (failures.length > 0) {
    const names = failures.map(([name]) => name).join(', ');
    return `BROKEN ${failures.length} of ${failures.length + outcomes.length}: ${names}`;
  }
  return outcomes.length > 0 ? `ok · ${parts.join(', ')}` : 'NOT RUN';
}

/** Rows are faults; each web server has a line of its own below, since what happened is longer than a table is wide. */
function matrix(rows: readonly string[], columns: readonly [ServerName, Column][]): string {
  const width = Math.max(...serverNames.map((name) => name.length));
  const lines = rows.flatMap((row) => [
    row,
    ...columns.map(([server, column]) => `    ${server.padEnd(width)}  ${column[row] ?? 'NOT RUN'}`),
  ]);
  const fields = columns.flatMap(([, column]) => rows.map((row) => column[row] ?? 'NOT RUN'));
  const good = fields.filter((field) => field.startsWith('ok')).length;
  const servers = columns.map(([server]) => server).join(', ');
  return [
    '',
    `The fault matrix: ${rows.length} faults on ${servers}; ${good} of ${fields.length} fields ok`,
    ...lines,
    '',
  ].join('\n');
}
