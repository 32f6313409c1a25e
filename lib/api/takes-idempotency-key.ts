import type { Operation } from './operation';

/**
 * Whether a caller may name a call, so that repeating it changes nothing again (draft-ietf-httpapi-idempotency-key-header): every operation that
 * creates something in a team. Derived, so that a new one cannot forget it; one whose answer holds a secret says so and is left out, because
 * the answer would have to be kept.
 */
export const takesIdempotencyKey = ({ method, status, gate, answersSecret }: Operation): boolean =>
  method === 'POST' && (status === 201 || status === 202) && gate.kind === 'team' && !answersSecret;
