import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What being recognised writes by itself. */
const incidental: Readonly<Record<string, readonly string[]>> = {
  ApiToken: ['lastUsedAt'],
  Session: ['updatedAt', 'expiresAt'],
};

/** Looks at every row of every table. Equal digests: nothing was changed. */
export function openDatabaseDigest(dataDir: string): { read(): string; close(): void } {
  const database = new Database(join(dataDir, 'gatehouse.db'), { readonly: true });
  const tables = database
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
    )
    .pluck()
    .all() as string[];
  const queries = tables.map((table) => {
    const columns = (database.pragma(`table_info("${table}")`) as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => !incidental[table]?.includes(name));
    const list = columns.map((name) => `"${name}"`).join(', ');
    return database.prepare(`SELECT ${list} FROM "${table}" ORDER BY ${list}`).raw();
  });
  return {
    read: () => {
      const hash = createHash('sha256');
      for (const query of queries) hash.update(JSON.stringify(query.all()));
      return hash.digest('hex');
    },
    close: () => database.close(),
  };
}
