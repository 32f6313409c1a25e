import 'server-only';
import type { WriteDb } from '../database/db';
import { write } from '../database/write';
import { env } from '../env';
import { decrypt, encrypt } from './cipher';
import { newKey, readKeyFile, replaceKeyFile, type SecretKey } from './key-file';
import { sealedTables } from './sealed-tables';

/** Rows in one transaction: short enough that people’s own changes pass between two of them. */
const batchSize = 50;

/** The progress of a rotation, for those who watch it: what it has just done, committed or not. */
export type RotationStep =
  | 'new key written'
  | 'batch encrypted'
  | 'batch committed'
  | 'old key about to go'
  | 'old key gone';

export interface Rotation {
  /** An earlier rotation had been broken off and was finished. */
  readonly resumed: boolean;
  readonly keyId: string;
  readonly oldKeyIds: readonly string[];
  /** Rows that were re-encrypted by this run. */
  readonly rows: number;
  /** Rows that do not open with the key they name: damaged. While there are any, the old key stays. */
  readonly unreadable: readonly string[];
}

interface Keys {
  readonly current: SecretKey;
  readonly old: readonly SecretKey[];
}

/** Re-encrypts some rows in the caller's transaction. @returns how many, and which of them do not open */
async function encryptSome(tx: WriteDb, { current, old }: Keys, not: readonly string[]) {
  const unreadable: string[] = [];
  for (const { table, purpose, find, save } of sealedTables) {
    const skip = not
      .filter((name) => name.startsWith(`${table} `))
      .map((name) => name.slice(table.length + 1));
    const rows = await find(
      tx,
      old.map(({ id }) => id),
      batchSize,
      skip,
    );
    if (rows.length === 0) continue;
    let done = 0;
    for (const { id, keyId, ciphertext, context } of rows) {
      const key = old.find((each) => each.id === keyId);
      try {
        if (!key) throw new Error('no such key');
        const text = decrypt(key.derive(purpose), ciphertext, context);
        const renewed = encrypt(current.derive(purpose), text, context);
        await save(tx, { id, keyId: current.id, ciphertext: renewed });
        done += 1;
      } catch (error) {
        if (key && error instanceof Error && error.message.includes('authenticate'))
          unreadable.push(`${table} ${id}`);
        else throw error;
      }
    }
    return { found: rows.length, done, unreadable };
  }
  return { found: 0, done: 0, unreadable };
}

/**
 * Replaces the installation's encryption key while servers run on the same data directory: a new key is put before the old one in the key
 * file, all rows are re-encrypted in short transactions, and the old key is dropped when no row names it any longer. Every change of the
 * key file happens under the database's write lock, and what is stored is encrypted under it too, so no row can name a key that is gone. Killed
 * anywhere, the next call goes on from there: more than one key in the file means that a rotation is under way.
 */
export async function rotateKey(onStep: (step: RotationStep) => void = () => undefined): Promise<Rotation> {
  const file = env().secretKeyFile;
  const begun = await write(async () => {
    const keys = readKeyFile(file);
    if (keys.length > 1) return { keys, resumed: true };
    const next = [newKey(), ...keys] as const;
    replaceKeyFile(file, next);
    return { keys: next, resumed: false };
  });
  onStep('new key written');
  const [current, ...old] = begun.keys;
  const unreadable: string[] = [];
  let rows = 0;
  for (;;) {
    const batch = await write(async (tx) => {
      const some = await encryptSome(tx, { current, old }, unreadable);
      onStep('batch encrypted');
      return some;
    });
    onStep('batch committed');
    rows += batch.done;
    unreadable.push(...batch.unreadable);
    if (batch.found === 0) break;
  }
  if (unreadable.length === 0) {
    await write(async (tx) => {
      const { found } = await encryptSome(tx, { current, old }, []);
      if (found > 0) throw new Error('Rows of the old key came back meanwhile; run the rotation again.');
      onStep('old key about to go');
      replaceKeyFile(file, [current]);
      onStep('old key gone');
    });
  }
  const oldKeyIds = old.map(({ id }) => id);
  return { resumed: begun.resumed, keyId: current.id, oldKeyIds, rows, unreadable };
}
