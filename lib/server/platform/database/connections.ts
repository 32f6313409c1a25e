import 'server-only';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '../../../generated/prisma/client';
import { env } from '../env';
import { singleton } from '../singleton';
import { keepStatements } from './kept-statements';
import { watchful } from './slow-query';
import type { SqlConnection } from './sql-rows';
import { scopeArguments } from './team-scope';

/**
 * A commit waits until the disk has it. A killed process loses no commit either way; without this a power cut may take the last ones along, and with them
 * the record of an apply that a host has already made. Applies and edits are few, so the wait costs little.
 */
class Sqlite extends PrismaBetterSqlite3 {
  /** Once it is open, for SQL of our own. */
  connection: SqlConnection | undefined;

  override async connect() {
    const adapter = keepStatements(await super.connect());
    await adapter.executeScript('PRAGMA synchronous = FULL');
    this.connection = (adapter as unknown as { client: SqlConnection }).client;
    return adapter;
  }
}

export interface Connected {
  readonly client: PrismaClient;
  readonly sqlite: Sqlite;
}

/** SQLite waits for a lock inside one call, and nothing else runs meanwhile: so it waits briefly, and `transact` asks again. */
const lockWaitMs = 20;

/**
 * SQLite has one writer, and an adapter's connection runs whatever comes, inside an open transaction or not. Two connections keep
 * that honest: one that can only read, and one that only runs transactions, one after the other.
 */
function connect(readonly: boolean): Connected {
  const sqlite = new Sqlite({
    url: `file:${env().databaseFile}`,
    readonly,
    ...(readonly ? {} : { timeout: lockWaitMs }),
  });
  const client = new PrismaClient({
    adapter: sqlite,
    // Longer messages quote the arguments of the failed call.
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 60_000, timeout: 30_000 },
  });
  return { client: watchful(client), sqlite };
}
/** The connection that can only read. */
export const reading = (): Connected => singleton('db.reading', () => connect(true));
/** The connection that runs one transaction after the other. */
export const writing = (): Connected => singleton('db.writing-to', () => connect(false));

/** A client whose every query is narrowed to one team (see `team-scope`). */
export function scoped(client: PrismaClient, teamId: string): PrismaClient {
  return client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) =>
          query(scopeArguments(model, operation, args, teamId) as typeof args),
      },
    },
  }) as unknown as PrismaClient;
}

/** Closes both connections; the next call opens them again. */
export async function closeDb(): Promise<void> {
  await Promise.all([reading().client.$disconnect(), writing().client.$disconnect()]);
}
