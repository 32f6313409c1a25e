import 'server-only';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { keysInUse } from '../database/inspect-database';
import { env } from '../env';
import { singleton } from '../singleton';
import { assertPrivate, makeKeyFile, readKeyFile, type SecretKey } from './key-file';

export type { SecretKey };

/** Makes the data directory for the owner alone, or refuses one that others can enter. */
export function assertPrivateDataDir(): void {
  mkdirSync(env().dataDir, { recursive: true, mode: 0o700 });
  assertPrivate(env().dataDir, '700');
}

/** A new key beside secrets of a lost one would look well until the first host is asked. */
function assertNotLost(keyFile: string): void {
  const { databaseFile } = env();
  if (existsSync(keyFile) || !existsSync(databaseFile)) return;
  const db = new Database(databaseFile, { readonly: true });
  const needed = keysInUse(db);
  db.close();
  if (needed.length === 0) return;
  throw new Error(
    `${keyFile} is missing, and stored secrets need it (key ${needed.join(', ')}). Put your copy back:\n` +
      `  install -m 600 YOUR-COPY '${keyFile}'\nIf there is none, \`gatehouse key new\` makes another key; every host's SSH key must then be given again.`,
  );
}

interface Keyring {
  current: SecretKey;
  /** Every key that the file has held since this process began: a row may be read just before it is re-encrypted. */
  readonly known: Map<string, SecretKey>;
  /** What the file looked like when it was read. */
  version: string;
}

function versionOf(path: string): string {
  const { ino, mtimeMs, size, mode } = statSync(path);
  return [ino, mtimeMs, size, mode].join(' ');
}

/** The keys as the file holds them now: a rotation may have replaced it. */
function keyring(): Keyring {
  const path = env().secretKeyFile;
  const ring = singleton('secret-key', (): Keyring => {
    assertPrivateDataDir();
    assertNotLost(path);
    makeKeyFile(path);
    const version = versionOf(path);
    const keys = readKeyFile(path);
    return { current: keys[0], known: new Map(keys.map((key) => [key.id, key])), version };
  });
  const version = versionOf(path);
  if (version !== ring.version) {
    const keys = readKeyFile(path);
    for (const key of keys) ring.known.set(key.id, key);
    ring.current = keys[0];
    ring.version = version;
  }
  return ring;
}

/**
 * The key that encrypts now, made at first use. Kept outside the database: a stolen copy of that holds no usable secret. Ask for it inside
 * the transaction that stores what it encrypts, never before: a rotation drops an old key only under the database's write lock.
 */
export const secretKey = (): SecretKey => keyring().current;

/** The key with a fingerprint, or `null` when it is not here. */
export const secretKeyById = (id: string): SecretKey | null => keyring().known.get(id) ?? null;
