import 'server-only';
import { env } from '../env';

/** When a host is due again: the interval, a tenth more or less, so that hosts added together drift apart. */
export function nextLook(nowMs = Date.now(), random = Math.random()): Date {
  return new Date(nowMs + env().driftMinutes * 60_000 * (0.9 + 0.2 * random));
}
