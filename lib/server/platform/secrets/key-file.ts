import 'server-only';
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface SecretKey {
  /** Fingerprint of the key, kept beside what it encrypted. */
  readonly id: string;
  /** A 32-byte key for one purpose; knowing one tells nothing about another. */
  derive(purpose: string): Buffer;
  /** A line of the key file. */
  readonly line: string;
}

const keyBytes = 32;

function keyOf(line: string): SecretKey {
  const key = Buffer.from(line, 'base64');
  return {
    id: createHash('sha256').update('gatehouse key id').update(key).digest('hex').slice(0, 16),
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `gatehouse ${purpose}`, keyBytes)),
    line,
  };
}

export const newKey = (): SecretKey => keyOf(randomBytes(keyBytes).toString('base64'));

/** Refuses what others on this machine could read. The message holds the command that fixes it. */
export function assertPrivate(path: string, mode: string): void {
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(
      `${path} can be read or changed by other users of this machine. Fix it with: chmod ${mode} '${path}'`,
    );
  }
}

/**
 * The keys of a key file, one a line: the first one encrypts, the others still open what they encrypted earlier. More than one is there only
 * while the key is rotated.
 *
 * @throws when the file is missing, open to others, a link, or holds anything else
 */
export function readKeyFile(path: string): readonly [SecretKey, ...SecretKey[]] {
  if (!lstatSync(path).isFile()) throw new Error(`${path} must be a regular file`);
  assertPrivate(path, '600');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const sound = lines.every((line) => Buffer.from(line.trim(), 'base64').length === keyBytes);
  const [first, ...others] = lines.map((line) => keyOf(line.trim()));
  if (!sound || !first) throw new Error(`${path} must hold 32 bytes in base64 on every line`);
  return [first, ...others];
}

/** Makes the file with a key of its own unless it is there. */
export function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${newKey().line}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const sync = (path: string) => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Replaces the file at once and for good: after a power cut it holds the old keys or the new ones, never half of them. */
export function replaceKeyFile(path: string, keys: readonly SecretKey[]): void {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  try {
    writeFileSync(next, keys.map(({ line }) => `${line}\n`).join(''), { flag: 'wx', mode: 0o600 });
    chmodSync(next, 0o600);
    sync(next);
    renameSync(next, path);
    sync(dirname(path));
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}
