import 'server-only';
import { env } from '../../platform/env';

/** When a host is due again: the interval, a tenth more or less, so that hosts added together drift apart. */
export function nextLook(nowMs = Date.now(), random = Math.random()): Date {
  return new Date(nowMs + env().driftMinutes * 60_000 * (0.9 + 0.2 * random));
}

const minuteMs = 60_000;

/**
 * When a host that does not answer is tried again: after as long as it has been away, so that each wait is twice the last one. From a minute
 * (or the interval, where that is shorter) to an hour (or the interval, where that is longer), a tenth more or less.
 */
export function nextTry(awaySince: Date, nowMs = Date.now(), random = Math.random()): Date {
  const intervalMs = env().driftMinutes * minuteMs;
  const shortestMs = Math.min(minuteMs, intervalMs);
  const longestMs = Math.max(60 * minuteMs, intervalMs);
  const waitMs = Math.min(longestMs, Math.max(shortestMs, nowMs - awaySince.getTime()));
  return new Date(nowMs + waitMs * (0.9 + 0.2 * random));
}
