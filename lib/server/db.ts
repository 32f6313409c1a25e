import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { type Prisma, PrismaClient } from '../generated/prisma/client';
import { env } from './env';
import { keepStatements } from './kept-statements';
import { singleton } from './singleton';
import { noteQuery, watchful } from './slow-query';
import { type SqlConnection, sqlRows } from './sql-rows';
import { scopeArguments } from './team-scope';
import { teamSql } from './team-sql';

type ReadMethod =
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy';
type Delegates = Omit<PrismaClient, `$${string}` | symbol>;

/** Reads only: its connection is opened read-only, so even a cast cannot write. */
export type ReadDb = {
  readonly [M in keyof Delegates]: Pick<Delegates[M], Extract<keyof Delegates[M], ReadMethod>>;
};
/** Inside a transaction. */
export type WriteDb = Prisma.TransactionClient;

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

interface Connected {
  readonly client: PrismaClient;
  readonly sqlite: Sqlite;
}

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
const reading = () => singleton('db.reading', () => connect(true));
const writingTo = () => singleton('db.writing-to', () => connect(false));
const reader = () => reading().client;
const writer = () => writingTo().client;
const writing = singleton('db.writing', () => new AsyncLocalStorage<WriteDb>());

function scoped(client: PrismaClient, teamId: string): PrismaClient {
  return client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) =>
          query(scopeArguments(model, operation, args, teamId) as typeof args),
      },
    },
  }) as unknown as PrismaClient;
}

/** Everything, of all teams: for the door, sign-in and background work. Use cases get a team's own client from the door. */
export const db = (): ReadDb => reader();

/** Reads of one team; every query is narrowed to it (see `team-scope`). */
export const teamDb = (teamId: string): ReadDb =>
  singleton(`db.reader.${teamId}`, () => scoped(reader(), teamId));

async function rowsOf<T>({ client, sqlite }: Connected, query: Prisma.Sql, model: string): Promise<T[]> {
  if (!sqlite.connection?.open) await client.$connect();
  if (!sqlite.connection) throw new Error('The database is not open');
  const started = performance.now();
  const rows = sqlRows<T>(sqlite.connection, query);
  noteQuery(model, 'sql', performance.now() - started);
  return rows;
}

/** The table that a query in SQL names first. */
const firstTable = ({ sql }: Prisma.Sql): string => /\bFROM\s+"(\w+)"/i.exec(sql)?.[1] ?? '';

/**
 * Rows of a query in SQL, for what the query builder cannot say or says in a slow way. Every table in it holds the team's rows alone (see `team-sql`).
 * Inside a transaction it sees what that has written; outside its connection cannot write.
 */
export const readRows = <T>(teamId: string, query: Prisma.Sql): Promise<T[]> =>
  rowsOf<T>(openTransaction() ? writingTo() : reading(), teamSql(teamId, query), firstTable(query));

/** Rows of a query in SQL over all teams: for the door, which has to find out who asks and for which team, and for the check of the one record of all teams. */
export const readDoorRows = <T>(query: Prisma.Sql): Promise<T[]> =>
  rowsOf<T>(reading(), query, firstTable(query));

/** SQLite waits for a lock inside one call, and nothing else runs meanwhile: so it waits briefly, and we ask again. */
const lockWaitMs = 20;
const lockPatienceMs = 20_000;
const isBusy = (error: unknown) =>
  error instanceof Error &&
  (('code' in error && error.code === 'P1008') || error.message.includes('SQLITE_BUSY'));

/**
 * Takes SQLite's write lock with a write that changes nothing, waiting for it where another process has it (the one before a restart, a command line).
 * A transaction that reads first and writes later would fail at once instead.
 */
async function takeLock(tx: WriteDb): Promise<void> {
  const until = performance.now() + lockPatienceMs;
  for (;;) {
    try {
      await tx.$executeRaw`DELETE FROM "Apply" WHERE 0`;
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function transact<T>(client: () => PrismaClient, work: (tx: WriteDb) => Promise<T>): Promise<T> {
  // A second transaction inside the first would wait for it for ever.
  if (writing.getStore()) throw new Error('A transaction is already open: pass its client on');
  return client().$transaction(async (tx) => {
    // Everything between here and the commit is one turn of the event loop. Those that wait for each other would be one turn together, and all else would wait.
    await new Promise<void>((resolve) => setImmediate(resolve));
    await takeLock(tx);
    return writing.run(tx, () => work(tx));
  });
}

/** The transaction that the current call stack runs in, for libraries that take a client once and for all. */
export const openTransaction = (): WriteDb | undefined => writing.getStore();

/**
 * One transaction over all teams, committed when `work` resolves. Transactions run one at a time, so do nothing slow inside:
 * no network, no password hashing. Operations of people go through `Context.change` instead, which records who did it.
 */
export const write = <T>(work: (tx: WriteDb) => Promise<T>): Promise<T> => transact(writer, work);

/** One transaction in which every call is narrowed to one team. */
export const teamWrite = <T>(teamId: string, work: (tx: WriteDb) => Promise<T>): Promise<T> =>
  transact(() => singleton(`db.writer.${teamId}`, () => scoped(writer(), teamId)), work);

/** Closes both connections; the next call opens them again. */
export async function closeDb(): Promise<void> {
  await Promise.all([reader().$disconnect(), writer().$disconnect()]);
}
