import 'server-only';
import { randomUUID } from 'node:crypto';
import type { WriteDb } from '../database/db';
import { encrypt } from './cipher';
import { secretKey } from './secret-key';

export type SecretPurpose =
  | 'ssh-key'
  | 'webhook-url'
  | 'webhook-signing-key'
  | 'acme-account-key'
  | 'acme-eab-key';

/** What an encrypted row is bound to. */
export const secretContext = (secret: { id: string; teamId: string; purpose: string }) =>
  JSON.stringify([secret.id, secret.purpose, secret.teamId]);

/** Stores a secret encrypted, and returns its id. There is no operation that gives it back to a person. */
export async function sealSecret(
  tx: WriteDb,
  { teamId, purpose, value }: { teamId: string; purpose: SecretPurpose; value: string },
): Promise<string> {
  const key = secretKey();
  const row = { id: randomUUID(), teamId, purpose };
  const ciphertext = encrypt(key.derive('secrets v1'), value, secretContext(row));
  await tx.secret.create({ data: { ...row, keyId: key.id, ciphertext } });
  return row.id;
}
