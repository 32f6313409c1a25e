import 'server-only';
import type { Prisma } from '../../../generated/prisma/client';
import type { Connected } from './connections';
import { noteQuery } from './slow-query';
import { sqlRows } from './sql-rows';

/** Rows of a query in SQL on one of the connections, noted like every other query. */
export async function rowsOf<T>({ client, sqlite }: Connected, query: Prisma.Sql): Promise<T[]> {
  if (!sqlite.connection?.open) await client.$connect();
  if (!sqlite.connection) throw new Error('The database is not open');
  const started = performance.now();
  const rows = sqlRows<T>(sqlite.connection, query);
  noteQuery(firstTable(query), 'sql', performance.now() - started);
  return rows;
}

/** The table that a query in SQL names first. */
const firstTable = ({ sql }: Prisma.Sql): string => /\bFROM\s+"(\w+)"/i.exec(sql)?.[1] ?? '';
