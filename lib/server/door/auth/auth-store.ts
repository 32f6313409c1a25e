import 'server-only';
import { db, openTransaction, type WriteDb } from '../../platform/database/db';
import { write } from '../../platform/database/write';

type Call = (args: unknown) => Promise<unknown>;
type Model = Readonly<Record<string, Call>>;

const isRead = (method: string) => /^(?:find|count|aggregate|groupBy)/.test(method);

/**
 * The client that the auth library gets: it reads over the read-only connection, and writes inside the transaction that is open
 * (so that a session and its record commit together) or else in one of its own.
 */
export function authStore(): Record<string, unknown> {
  const model = (name: string) =>
    new Proxy({} as Model, {
      get: (_, method) => (args: unknown) => {
        const call = (client: unknown) => (client as Record<string, Model>)[name]?.[String(method)]?.(args);
        const open: WriteDb | undefined = openTransaction();
        if (open) return call(open);
        return isRead(String(method)) ? call(db()) : write(async (tx) => call(tx));
      },
    });
  return Object.fromEntries(
    ['user', 'session', 'account', 'verification'].map((name) => [name, model(name)]),
  );
}
