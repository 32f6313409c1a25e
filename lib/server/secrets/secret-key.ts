import 'server-only';
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { env } from '../env';
import { singleton } from '../singleton';

export interface SecretKey {
  /** Fingerprint of the key, kept beside what it encrypted. */
  readonly id: string;
  /** A 32-byte key for one purpose; knowing one tells nothing about another. */
  derive(purpose: string): Buffer;
}

/** Refuses what others on this machine could read. The message holds the command that mends it. */
function assertPrivate(path: string, mode: string): void {
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(
      `${path} can be read or changed by other users of this machine. Mend it with: chmod ${mode} '${path}'`,
    );
  }
}

function readOrMake(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!lstatSync(path).isFile()) throw new Error(`${path} must be a regular file`);
  assertPrivate(path, '600');
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error(`${path} must hold 32 bytes in base64`);
  return key;
}

/** Makes the data directory for the owner alone, or refuses one that others can enter. */
export function assertPrivateDataDir(): void {
  mkdirSync(env().dataDir, { recursive: true, mode: 0o700 });
  assertPrivate(env().dataDir, '700');
}

/** The installation's key, made at first use. Kept outside the database: a stolen copy of that holds no usable secret. */
export function secretKey(): SecretKey {
  return singleton('secret-key', () => {
    assertPrivateDataDir();
    const key = readOrMake(env().secretKeyFile);
    return {
      id: createHash('sha256').update('gatehouse key id').update(key).digest('hex').slice(0, 16),
      derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `gatehouse ${purpose}`, 32)),
    };
  });
}
