import 'server-only';
import type Database from 'better-sqlite3';
import type { Prisma } from '../../../generated/prisma/client';

/** A connection with `keepStatements`, whose statements are given their values again for each run. */
export type SqlConnection = Pick<Database.Database, 'prepare' | 'open'>;

/** As Prisma stores it. Text of one form, so that it sorts like the times it stands for. */
const storedTime = (time: Date): string => time.toISOString().replace('Z', '+00:00');

function toSql(value: unknown): unknown {
  if (value instanceof Date) return storedTime(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** What a column holds by its declaration: what was computed has none and comes as SQLite has it. */
function fromSql(type: string | null): (value: unknown) => unknown {
  switch (type) {
    case 'DATETIME':
      return (value) => new Date(typeof value === 'string' ? value : Number(value));
    case 'BOOLEAN':
      return Boolean;
    case 'JSONB':
      return (value) => JSON.parse(String(value));
    default:
      return (value) =>
        typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
}

/**
 * Rows of a query in SQL, straight from the connection: through Prisma's own way for SQL a row of a few columns costs more than SQLite takes to find it.
 * Times, booleans and JSON come as such, as in the client.
 */
export function sqlRows<T>(connection: SqlConnection, query: Prisma.Sql): T[] {
  const statement = connection.prepare(query.sql).bind(query.values.map(toSql));
  const columns = statement.columns().map(({ name, type }) => ({ name, read: fromSql(type) }));
  return (statement.raw().all() as unknown[][]).map((values) => {
    const row: Record<string, unknown> = {};
    for (const [index, { name, read }] of columns.entries()) {
      const value = values[index] ?? null;
      row[name] = value === null ? null : read(value);
    }
    return row as T;
  });
}
