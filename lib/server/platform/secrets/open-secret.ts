import 'server-only';
import type { Secret } from '../../../generated/prisma/client';
import { AppError } from '../errors/app-error';
import { decrypt } from './cipher';
import { secretContext } from './seal-secret';
import { secretKeyById } from './secret-key';

/** The plain text of a stored secret, for use on this server only. */
export function openSecret(secret: Secret): string {
  const key = secretKeyById(secret.keyId);
  if (!key) {
    throw new AppError('conflict', 'This secret was encrypted with another key file.', {
      hint: 'Put the key file back that belongs to this database, or give the secret again.',
    });
  }
  return decrypt(key.derive('secrets v1'), secret.ciphertext, secretContext(secret));
}
