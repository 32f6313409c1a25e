import 'server-only';
import type { WriteDb } from '../database/db';
import { secretContext } from './seal-secret';
import { secondFactorContext, secondFactorPurpose } from './second-factor-seal';

interface SealedRow {
  readonly id: string;
  readonly keyId: string;
  readonly ciphertext: Uint8Array;
  /** What the ciphertext is bound to. */
  readonly context: string;
}

interface SealedTable {
  /** Name of the table in the database. */
  readonly table: string;
  /** What its key is derived for. */
  readonly purpose: string;
  /** Rows that one of these keys encrypted, some of them. */
  find(tx: WriteDb, keyIds: readonly string[], take: number, not: readonly string[]): Promise<SealedRow[]>;
  save(
    tx: WriteDb,
    row: { id: string; keyId: string; ciphertext: Uint8Array<ArrayBuffer> },
  ): Promise<unknown>;
}

/** Every table whose rows name the key that encrypted them; a rotation re-encrypts them. A test compares it with the schema. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'Secret',
    purpose: 'secrets v1',
    find: async (tx, keyIds, take, not) => {
      const where = { keyId: { in: [...keyIds] }, id: { notIn: [...not] } };
      const rows = await tx.secret.findMany({ where, take, orderBy: { id: 'asc' } });
      return rows.map((row) => ({ ...row, context: secretContext(row) }));
    },
    save: (tx, { id, ...data }) => tx.secret.update({ where: { id }, data }),
  },
  {
    table: 'SecondFactor',
    purpose: secondFactorPurpose,
    find: async (tx, keyIds, take, not) => {
      const where = { keyId: { in: [...keyIds] }, id: { notIn: [...not] } };
      const rows = await tx.secondFactor.findMany({ where, take, orderBy: { id: 'asc' } });
      return rows.map((row) => ({ ...row, context: secondFactorContext(row) }));
    },
    save: (tx, { id, ...data }) => tx.secondFactor.update({ where: { id }, data }),
  },
];
