import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../../prisma/migrate';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cacheDir = join(root, 'node_modules/.cache/gatehouse');

function fingerprint(): string {
  const hash = createHash('sha256');
  const migrations = join(root, 'prisma/migrations');
  for (const name of readdirSync(migrations).sort()) {
    const file = join(migrations, name, 'migration.sql');
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Path of an empty, migrated database to copy. Made once for all test files and runs with the same migrations. */
export async function baseDatabase(): Promise<string> {
  const file = join(cacheDir, `base-${fingerprint()}.db`);
  if (existsSync(file)) return file;
  mkdirSync(cacheDir, { recursive: true });
  const own = join(cacheDir, `making-${randomUUID()}.db`);
  await migrate(own);
  // Several test files may make it at once; the last one wins and all are equal.
  renameSync(own, file);
  for (const suffix of ['-wal', '-shm']) rmSync(own + suffix, { force: true });
  return file;
}
