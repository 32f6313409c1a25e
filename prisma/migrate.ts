import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openSchemaEngine } from './schema-engine';

/** Names of the migrations that were applied to their end. */
function finishedMigrations(db: Database.Database): ReadonlySet<string> {
  const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!known) return new Set();
  const rows = db
    .prepare(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    .all() as { name: string }[];
  return new Set(rows.map(({ name }) => name));
}

const here = dirname(fileURLToPath(import.meta.url));
const baseDir = join(here, 'migrations');

/** Names of all migrations that this program has, in order. */
export async function knownMigrations(): Promise<readonly string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Brings the database to the current schema: applies the migrations it lacks, in order, and records them in `_prisma_migrations`
 * as `prisma migrate deploy` would. Creates the file when it is missing. Throws with the engine's message on failure.
 *
 * @param upTo the last migration that is wanted; all of them unless a test wants an older schema
 * @returns names of the migrations that were applied now
 */
export async function migrate(databaseFile: string, upTo?: string): Promise<readonly string[]> {
  const db = new Database(databaseFile);
  // Readers must not wait for writers: the live view of an apply reads while its steps are written.
  db.pragma('journal_mode = WAL');
  const finished = finishedMigrations(db);
  db.close();

  const names = (await knownMigrations()).filter((name) => upTo === undefined || name <= upTo);
  // Loading the engine takes longer than everything else in a start that has nothing to migrate.
  if (names.length === finished.size && names.every((name) => finished.has(name))) return [];
  const migrationDirectories = await Promise.all(
    names.map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const engine = await openSchemaEngine(databaseFile, await readFile(join(here, 'schema.prisma'), 'utf8'));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: {
        baseDir,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
        shadowDbInitScript: '',
        migrationDirectories,
      },
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** Rows of an index that are looked at: enough for its choice, and quick however long the record has become. */
const rowsLookedAt = 1000;

/**
 * Lets SQLite count what its tables hold, as far as they have changed since. Without it the planner takes every index for a good one, and goes through
 * all rows of a team to find fifty by their ids. Connections see it that are opened afterwards.
 */
export function gatherStatistics(databaseFile: string): void {
  const db = new Database(databaseFile);
  db.pragma(`analysis_limit = ${rowsLookedAt}`);
  // All tables (0x10000), and really analyse (0x02).
  db.pragma('optimize = 0x10002');
  db.close();
}
