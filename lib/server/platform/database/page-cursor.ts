import 'server-only';
import { AppError } from '../errors/app-error';

/**
 * Cursor of a list: the sort key and id of the last row shown, so that rows that come or go meanwhile shift nothing.
 * Opaque to callers; what they send back is parsed like any other input.
 */
export function encodeCursor(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** @throws AppError `bad-request` */
export function decodeCursor(cursor: string): { key: string; id: string } {
  try {
    const [key, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof key === 'string' && typeof id === 'string' && rest.length === 0) return { key, id };
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw new AppError('bad-request', 'This cursor did not come from an earlier answer.');
}

/** Rows strictly after a date cursor, newest first. */
export function afterDate<F extends string>(field: F, cursor: string | undefined): object {
  if (!cursor) return {};
  const { key, id } = decodeCursor(cursor);
  const date = new Date(key);
  if (Number.isNaN(date.getTime())) throw new AppError('bad-request', 'This cursor is from another list.');
  return { OR: [{ [field]: { lt: date } }, { [field]: date, id: { lt: id } }] };
}

/** The same as `afterDate`, with a bound that an index finds however deep the page is. */
export function upToDate<F extends string>(field: F, cursor: string | undefined): object {
  if (!cursor) return {};
  return { ...afterDate(field, cursor), [field]: { lte: new Date(decodeCursor(cursor).key) } };
}

/** Cuts a list that was asked for with one row too many. */
export function cutPage<T extends { id: string }>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => string,
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(keyOf(last), last.id) : null };
}
