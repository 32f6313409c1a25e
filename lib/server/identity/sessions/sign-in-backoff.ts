import 'server-only';
import { AppError } from '../../platform/errors/app-error';
import { singleton } from '../../platform/singleton';

interface Failures {
  count: number;
  /** Epoch milliseconds before which no further try is looked at. */
  blockedUntil: number;
  lastAt: number;
}

const freeTries = 5;
const longestWaitMs = 15 * 60_000;
const forgetAfterMs = 60 * 60_000;
const mostKeys = 20_000;

const table = () => singleton('sign-in-backoff', () => new Map<string, Failures>());

/**
 * Failures are counted for an e-mail address as a whole, whatever network address they come from. An address that its owner has
 * signed in from before is counted by itself, so that a stranger cannot lock the owner out.
 */
export const backoffKey = (email: string, address: string, knownAddress: boolean) =>
  `${email} ${knownAddress ? address : '*'}`;

/** @throws AppError `too-many-requests` while earlier failures still have to be waited out */
export function assertMayTry(key: string): void {
  const waitMs = (table().get(key)?.blockedUntil ?? 0) - Date.now();
  if (waitMs <= 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new AppError('too-many-requests', 'Too many failed sign-ins for this e-mail address.', {
    hint: `Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
  });
}

/**
 * Forgets what is over, else what failed longest ago and is blocked least. The table is never forgotten as a whole: filling it with made-up addresses would
 * let everybody guess afresh.
 */
function makeRoom(failures: Map<string, Failures>, now: number): void {
  for (const [key, { lastAt }] of failures) if (now - lastAt > forgetAfterMs) failures.delete(key);
  if (failures.size < mostKeys) return;
  let victim: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [key, { blockedUntil }] of failures) {
    const blockedMs = Math.max(0, blockedUntil - now);
    if (blockedMs < least) [victim, least] = [key, blockedMs];
    if (least === 0) break;
  }
  if (victim !== undefined) failures.delete(victim);
}

/** Five failures are free; then each one doubles the wait. */
export function countFailure(key: string): void {
  const failures = table();
  const now = Date.now();
  if (failures.size >= mostKeys) makeRoom(failures, now);
  const before = failures.get(key);
  const count = before && now - before.lastAt < forgetAfterMs ? before.count + 1 : 1;
  const waitMs = count < freeTries ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (count - freeTries));
  // Put back at the end: the table is in the order of the last failures.
  failures.delete(key);
  failures.set(key, { count, lastAt: now, blockedUntil: now + waitMs });
}

export function forgetFailures(key: string): void {
  table().delete(key);
}
