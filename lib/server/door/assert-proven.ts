import 'server-only';
import { proofMinutes, provenUntil } from '#core/access/proof';
import { AppError } from '../platform/errors/app-error';
import type { Recognised } from './authenticate';

/**
 * Makes sure that a session’s person has proven lately that they are at the browser. What a token may do at all is said by its scopes.
 *
 * @throws AppError `proof-required`
 */
export function assertProven({ actor, provenAt }: Recognised): void {
  if (actor.via.kind === 'token' || provenUntil(provenAt, new Date()) !== null) return;
  throw new AppError('proof-required', 'This asks for your password, a passkey or a code once more.', {
    hint: `What changes controls, keys and accounts asks for it where the last one was given more than ${proofMinutes} minutes ago.`,
  });
}
