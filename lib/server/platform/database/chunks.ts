import 'server-only';

/** SQLite takes a limited number of values per statement. */
const chunkSize = 400;

/** A list in pieces that one statement can take. */
export function chunks<T>(items: readonly T[], size = chunkSize): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
