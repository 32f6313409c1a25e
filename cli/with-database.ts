import { migrate } from '../prisma/migrate';

/** Runs work on the dashboard's own database, brought up to date first, on the machine where it lives. */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  process.umask(0o077);
  const { env } = await import('#server/platform/env');
  const { assertPrivateDataDir } = await import('#server/platform/secrets/secret-key');
  const { closeDb } = await import('#server/platform/database/db');
  assertPrivateDataDir();
  await migrate(env().databaseFile);
  try {
    return await work();
  } finally {
    await closeDb();
  }
}
