import 'server-only';
import { decrypt, encrypt } from './cipher';
import { secretKey, secretKeyById } from './secret-key';

export const secondFactorPurpose = 'second factors v1';

/** What an encrypted second factor is bound to. */
export const secondFactorContext = ({ userId }: { userId: string }) =>
  JSON.stringify(['second-factor', userId]);

/** Columns of a second factor that hold its shared secret. Call it inside the transaction that stores them. */
export function sealSecondFactor(userId: string, value: string) {
  const key = secretKey();
  const ciphertext = encrypt(key.derive(secondFactorPurpose), value, secondFactorContext({ userId }));
  return { keyId: key.id, ciphertext };
}

/** The shared secret of a second factor. Throws when its key is not here, or the row was changed. */
export function openSecondFactor(row: { userId: string; keyId: string; ciphertext: Uint8Array }): string {
  const key = secretKeyById(row.keyId);
  if (!key) throw new Error(`a second factor was encrypted with the key ${row.keyId}, which is not here`);
  return decrypt(key.derive(secondFactorPurpose), row.ciphertext, secondFactorContext(row));
}
