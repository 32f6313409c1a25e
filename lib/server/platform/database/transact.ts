import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma, PrismaClient } from '../../../generated/prisma/client';
import { nextTurn } from '../next-turn';
import { singleton } from '../singleton';

/** Inside a transaction. */
export type WriteDb = Prisma.TransactionClient;

const open = singleton('db.writing', () => new AsyncLocalStorage<WriteDb>());

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

/** One transaction on a client that `client` gives, committed when `work` resolves. */
export function transact<T>(client: () => PrismaClient, work: (tx: WriteDb) => Promise<T>): Promise<T> {
  // A second transaction inside the first would wait for it forever.
  if (open.getStore()) throw new Error('A transaction is already open: pass its client on');
  return client().$transaction(async (tx) => {
    // Everything between here and the commit is one turn of the event loop. Those that wait for each other would be one turn together, and all else would wait.
    await nextTurn();
    await takeLock(tx);
    return open.run(tx, () => work(tx));
  });
}

/** The transaction that the current call stack runs in, for libraries that take a client once and for all. */
export const openTransaction = (): WriteDb | undefined => open.getStore();
