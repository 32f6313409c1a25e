import 'server-only';
import { tokenDays } from '#core/access/token-days';
import { fieldProblem } from '../../platform/errors/field-problem';

const dayMs = 86_400_000;

/**
 * When a new token stops working; `null` for never.
 *
 * @param wanted an ISO 8601 instant, `null` for never, `undefined` for the usual time
 * @throws AppError `invalid` for what lies in the past or too far ahead
 */
export function tokenEnd(wanted: string | null | undefined, now: Date): Date | null {
  if (wanted === null) return null;
  if (wanted === undefined) return new Date(now.getTime() + tokenDays.default * dayMs);
  const end = new Date(wanted);
  if (end <= now) throw fieldProblem('token.expired', ['expiresAt'], 'must be in the future');
  if (end.getTime() > now.getTime() + tokenDays.maximum * dayMs) {
    const hint = 'Take a shorter time, or null for a token that never expires.';
    throw fieldProblem('token.too-long', ['expiresAt'], 'must be at most a year away', hint);
  }
  return end;
}
