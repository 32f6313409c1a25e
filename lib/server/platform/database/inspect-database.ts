import 'server-only';
import type Database from 'better-sqlite3';

interface Inspected {
  /** Names of the migrations that were applied to their end. */
  readonly migrations: readonly string[];
  /** Fingerprints of the keys that its rows name. */
  readonly keyIds: readonly string[];
}

/** Tables in which rows name the key that encrypted them: those with a column `keyId`. */
export function tablesWithKeys(db: Database.Database): readonly string[] {
  const rows = db
    .prepare(
      `SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.name = 'keyId' ORDER BY m.name`,
    )
    .all() as { name: string }[];
  return rows.map(({ name }) => name);
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Fingerprints of the keys that any row of the database names, in order. */
export function keysInUse(db: Database.Database): readonly string[] {
  const ids = tablesWithKeys(db).flatMap((table) =>
    (db.prepare(`SELECT DISTINCT keyId AS id FROM ${quote(table)}`).all() as { id: string }[]).map(
      ({ id }) => id,
    ),
  );
  return [...new Set(ids)].sort();
}

/** What SQLite itself finds wrong with a database: broken pages and indexes, rows that point at nothing. Empty: nothing. */
export function faultsOf(db: Database.Database): readonly string[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((text) => text !== 'ok');
  const violations = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [
    ...integrity,
    ...violations.map(({ table, parent }) => `a row of ${table} points at a missing ${parent}`),
  ];
}

/** Reads what is needed to know whether this program can use a database, without changing it. */
export function inspectDatabase(db: Database.Database): Inspected {
  const rows = db
    .prepare(
      `SELECT migration_name AS name FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY name`,
    )
    .all() as { name: string }[];
  return { migrations: rows.map(({ name }) => name), keyIds: keysInUse(db) };
}
