import 'server-only';

const secondsAfter = [15, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600];

/** Tries of one message before it is given up: over not quite a day. */
export const maxTries = secondsAfter.length + 1;

/**
 * When a message that failed is tried again, a fifth more or less, so that many that failed together do not come back together.
 *
 * @param tries made so far, from 1
 * @returns `null` when it is given up
 */
export function nextTry(tries: number, nowMs = Date.now(), random = Math.random()): Date | null {
  const seconds = secondsAfter[tries - 1];
  return seconds === undefined ? null : new Date(nowMs + seconds * 1000 * (0.8 + 0.4 * random));
}
