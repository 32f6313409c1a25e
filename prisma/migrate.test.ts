import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { knownMigrations, migrate } from './migrate';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-migrate-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const migrations = await knownMigrations();
const rowsEach = 3;
type Row = Record<string, unknown>;

interface Column {
  readonly name: string;
  readonly type: string;
}

const tablesOf = (db: Database.Database) =>
  (
    db
      // What a search index keeps for itself is of another type.
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
         AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .all() as { name: string }[]
  ).map(({ name }) => name);
const columnsOf = (db: Database.Database, table: string) => db.pragma(`table_info("${table}")`) as Column[];

/** A value that fits the column and differs from row to row. */
function value(table: string, { name, type }: Column, index: number): unknown {
  if (type === 'INTEGER') return index + 1;
  if (type === 'BOOLEAN') return index % 2;
  if (type === 'DATETIME') return `2026-01-0${index + 1}T10:00:00.000+00:00`;
  if (type === 'JSONB') return JSON.stringify({ [table]: index });
  if (type === 'BLOB') return Buffer.from(`${table} ${name} ${index}`);
  return name === 'id' ? `${table}-${index}` : `${table}.${name} ${index}`;
}

/** Some rows in every table, each pointing at the row of the same number wherever it points. */
function fill(file: string): void {
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  for (const table of tablesOf(db)) {
    const columns = columnsOf(db, table);
    const parents = new Map(
      (db.pragma(`foreign_key_list("${table}")`) as { from: string; table: string }[]).map((key) => [
        key.from,
        key.table,
      ]),
    );
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const insert = db.prepare(
      `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (let index = 0; index < rowsEach; index += 1) {
      const row = columns.map((column) => {
        const parent = parents.get(column.name);
        return parent === undefined ? value(table, column, index) : `${parent}-${index}`;
      });
      insert.run(row);
    }
  }
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
}

/** Every row of every table, with the given columns. */
function read(file: string, wanted?: Readonly<Record<string, readonly string[]>>): Record<string, Row[]> {
  const db = new Database(file, { readonly: true });
  const tables = Object.fromEntries(
    (wanted ? Object.keys(wanted) : tablesOf(db)).map((table) => {
      const names = wanted?.[table] ?? columnsOf(db, table).map(({ name }) => name);
      const columns = names.map((name) => `"${name}"`).join(', ');
      const rows = db.prepare(`SELECT ${columns} FROM "${table}" ORDER BY ${columns}`).all() as Row[];
      return [table, rows];
    }),
  );
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  db.close();
  return tables;
}

/** Columns that the newest schema still has, of tables of an older one. */
function kept(file: string, before: Record<string, Row[]>): Record<string, string[]> {
  const db = new Database(file, { readonly: true });
  const tables = Object.fromEntries(
    Object.entries(before).map(([table, rows]) => {
      const now = columnsOf(db, table).map(({ name }) => name);
      return [table, Object.keys(rows[0] ?? {}).filter((name) => now.includes(name))];
    }),
  );
  db.close();
  return tables;
}

const narrow = (tables: Record<string, Row[]>, columns: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => Object.fromEntries((columns[table] ?? []).map((name) => [name, row[name]]))),
    ]),
  );

test.each(migrations.slice(0, -1))(
  'class "upgrade loses data": a database of %s with rows in every table keeps each of them',
  async (from) => {
    const file = join(dir, `${from}.db`);
    await migrate(file, from);
    fill(file);
    const before = read(file);
    expect(Object.keys(before).length).toBeGreaterThan(15);
    const applied = await migrate(file);
    expect(applied).toEqual(migrations.slice(migrations.indexOf(from) + 1));
    const columns = kept(file, before);
    // A table that lost most of its columns would pass unseen.
    for (const [table, names] of Object.entries(columns))
      expect([table, names.length]).not.toEqual([table, 0]);
    expect(read(file, columns)).toEqual(narrow(before, columns));
  },
);

test('a second run has nothing to do', async () => {
  const file = join(dir, 'twice.db');
  expect(await migrate(file)).toEqual(migrations);
  expect(await migrate(file)).toEqual([]);
});
