import 'server-only';
import { singleton } from '../singleton';
import { scoped, writing } from './connections';
import { transact, type WriteDb } from './transact';

/** One transaction in which every call is narrowed to one team. For the door alone, which records who did it. */
export const teamWrite = <T>(teamId: string, work: (tx: WriteDb) => Promise<T>): Promise<T> =>
  transact(() => singleton(`db.writer.${teamId}`, () => scoped(writing().client, teamId)), work);
