import 'server-only';
import type { Operation } from '#api/operation';
import { takesIdempotencyKey } from '#api/takes-idempotency-key';
import { AppError } from '../platform/errors/app-error';

/** A structured field string, as the draft wants it, or the same without quotes, as most clients send it. */
const pattern =
  /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,255}))$/;

/**
 * The name that the caller gave this call, `null` without one. Methods that HTTP calls idempotent need none and ignore it.
 *
 * @throws AppError `bad-request` where it cannot be honoured: the caller would rely on it
 */
export function readIdempotencyKey(operation: Operation, headers: Headers): string | null {
  const value = headers.get('idempotency-key');
  if (value === null || operation.method !== 'POST') return null;
  if (!takesIdempotencyKey(operation)) {
    throw new AppError('bad-request', 'This operation takes no Idempotency-Key.', {
      hint: operation.answersSecret
        ? 'Its answer holds a secret, which is not kept for a second answer. Leave the header out.'
        : 'Leave the header out.',
    });
  }
  const match = pattern.exec(value);
  const key = match?.[1] ?? match?.[2];
  if (key === undefined) {
    throw new AppError('bad-request', 'Idempotency-Key must be 1 to 255 visible characters.', {
      hint: 'Send a UUID in double quotes, a new one for every new call.',
    });
  }
  return key;
}
