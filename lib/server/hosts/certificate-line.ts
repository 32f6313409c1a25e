import 'server-only';
import { fieldProblem } from '../platform/errors/field-problem';
import { certificateFor } from './ssh/certificate';

/**
 * The line of a certificate that is for exactly this key and has not run out. `publicKey`: the key's line, or an older certificate of it.
 *
 * @throws AppError `invalid`, at `path`
 */
export function certificateLine(given: string, publicKey: string, path: readonly string[]): string {
  const found = certificateFor(given, publicKey, new Date());
  if (found.ok) return found.value.line;
  const { code, message, hint } = found.error;
  throw fieldProblem(`certificate.${code}`, [...path], message, hint);
}
