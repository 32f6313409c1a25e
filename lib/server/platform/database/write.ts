import 'server-only';
import { writing } from './connections';
import { transact, type WriteDb } from './transact';

/**
 * One transaction over all teams, committed when `work` resolves. Transactions run one at a time, so do nothing slow inside:
 * no network, no password hashing. Operations of people go through `Context.change` instead, which records who did it; who else
 * may import this module is listed in the architecture test.
 */
export const write = <T>(work: (tx: WriteDb) => Promise<T>): Promise<T> =>
  transact(() => writing().client, work);
