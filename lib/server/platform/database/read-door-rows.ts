import 'server-only';
import type { Prisma } from '../../../generated/prisma/client';
import { reading } from './connections';
import { rowsOf } from './rows-of';

/** Rows of a query in SQL over all teams, for the door alone, which has to find out who asks and for which team. */
export const readDoorRows = <T>(query: Prisma.Sql): Promise<T[]> => rowsOf<T>(reading(), query);
