import 'server-only';

/**
 * Lets others have their turn of the event loop. A query to SQLite is over at once, so a whole request may be one turn: what takes long is cut by this
 * between its parts.
 */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
