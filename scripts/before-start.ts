// Run by `npm start` before the server: checks the settings and the data directory, brings the database up to date, and makes the
// one-time setup link while nobody can sign in. Prints one line of JSON.

import { makeSetupToken } from '../lib/server/identity/setup/setup-token';
import { closeDb } from '../lib/server/platform/database/db';
import { env } from '../lib/server/platform/env';
import { assertSecretFiles } from '../lib/server/platform/secrets/assert-secret-files';
import { assertPrivateDataDir, secretKey } from '../lib/server/platform/secrets/secret-key';
import { gatherStatistics, migrate } from '../prisma/migrate';
import { takeLease } from './lease.mjs';

try {
  process.umask(0o077);
  assertPrivateDataDir();
  // Nobody brings a database up to date under a dashboard that runs. The server takes it again.
  const lease = takeLease(env().dataDir);
  secretKey();
  assertSecretFiles();
  const migrations = await migrate(env().databaseFile);
  gatherStatistics(env().databaseFile);
  const setupToken = await makeSetupToken();
  const { host, port, publicOrigin } = env();
  const url = publicOrigin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  console.log(JSON.stringify({ migrations, setupToken, url, host, port }));
  await closeDb();
  lease.release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
