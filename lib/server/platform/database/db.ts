import 'server-only';
import type { Prisma, PrismaClient } from '../../../generated/prisma/client';
import { singleton } from '../singleton';
import { reading, scoped, writing } from './connections';
import { rowsOf } from './rows-of';
import { teamSql } from './team-sql';
import { openTransaction } from './transact';

export { closeDb } from './connections';
export { openTransaction, type WriteDb } from './transact';

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

/** Everything, of all teams: for the door, sign-in and background work. Use cases get a team's own client from the door. */
export const db = (): ReadDb => reading().client;

/** Reads of one team; every query is narrowed to it (see `team-scope`). */
export const teamDb = (teamId: string): ReadDb =>
  singleton(`db.reader.${teamId}`, () => scoped(reading().client, teamId));

/**
 * Rows of a query in SQL, for what the query builder cannot say or says in a slow way. Every table in it holds the team's rows alone (see `team-sql`).
 * Inside a transaction it sees what that has written; outside its connection cannot write.
 */
export const readRows = <T>(teamId: string, query: Prisma.Sql): Promise<T[]> =>
  rowsOf<T>(openTransaction() ? writing() : reading(), teamSql(teamId, query));
