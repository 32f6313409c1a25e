import 'server-only';
import { nextTurn } from '../next-turn';

/** Enough to make few queries, few enough for the parameters that one query of SQLite may have. */
const batchSize = 200;

/** Runs a query over many values in slices, one after the other, and puts the rows together. Others get their turn in between. */
export async function inBatches<T, R>(
  values: readonly T[],
  work: (slice: T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let start = 0; start < values.length; start += batchSize) {
    rows.push(...(await work(values.slice(start, start + batchSize))));
    await nextTurn();
  }
  return rows;
}
