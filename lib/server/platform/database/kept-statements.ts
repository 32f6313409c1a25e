import 'server-only';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type Database from 'better-sqlite3';

/** Enough for every statement of the product with its usual lengths of lists; one of them takes some tens of kilobytes. */
const mostKept = 300;
/** Longer ones write many rows at once, and rarely come again with the same number of them. */
const longestKept = 10_000;

type Bound = Pick<Database.Statement, 'reader' | 'columns' | 'run'> & { raw(): { all(): unknown[] } };

/** A statement with values for one run. The driver's own `bind` would bind them permanently. */
class Kept {
  readonly #statement: Database.Statement;
  #columns: Database.ColumnDefinition[] | undefined;

  constructor(statement: Database.Statement) {
    this.#statement = statement.reader ? statement.raw() : statement;
  }

  run(): Database.RunResult {
    return this.#statement.run();
  }

  bind(values: unknown[]): Bound {
    const statement = this.#statement;
    return {
      reader: statement.reader,
      columns: () => {
        this.#columns ??= statement.columns();
        return this.#columns;
      },
      run: () => statement.run(values),
      raw: () => ({ all: () => statement.all(values) }),
    };
  }
}

/**
 * Lets a connection of Prisma's adapter keep the statements it has prepared, by their text: parsing and planning one takes longer than most take to run,
 * and the adapter does it again every time. Only for a schema that does not change while the connection is open.
 */
export function keepStatements(connection: SqlDriverAdapter): SqlDriverAdapter {
  const { client } = connection as unknown as { client: Database.Database };
  const prepare = client.prepare.bind(client);
  const kept = new Map<string, Kept>();
  const find = (text: string): Kept => {
    const found = kept.get(text) ?? new Kept(prepare(text));
    if (text.length > longestKept) return found;
    // The least recently used one comes first.
    kept.delete(text);
    kept.set(text, found);
    const [oldest = text] = kept.size > mostKept ? kept.keys() : [];
    if (oldest !== text) kept.delete(oldest);
    return found;
  };
  Object.defineProperty(client, 'prepare', { value: find });
  return connection;
}
