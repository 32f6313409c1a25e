import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '#api/operation';
import { AppError } from '../platform/errors/app-error';
import { singleton } from '../platform/singleton';

const limiter = ({ points, perSeconds }: RateLimit) =>
  singleton(`limiter.${points}.${perSeconds}`, () => new RateLimiterMemory({ points, duration: perSeconds }));

/**
 * Counts one call of `key`, and tells the caller in the answer's headers what is left (draft-ietf-httpapi-ratelimit-headers-10).
 *
 * @throws AppError `too-many-requests`
 */
export async function limitRate(key: string, limit: RateLimit, answer = new Headers()): Promise<void> {
  const tell = (state: RateLimiterRes) => {
    answer.set('ratelimit-policy', `"default";q=${limit.points};w=${limit.perSeconds}`);
    const seconds = Math.ceil(state.msBeforeNext / 1000);
    answer.set('ratelimit', `"default";r=${state.remainingPoints};t=${seconds}`);
  };
  try {
    tell(await limiter(limit).consume(key));
  } catch (state) {
    if (!(state instanceof RateLimiterRes)) throw state;
    tell(state);
    const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    throw new AppError('too-many-requests', 'Too many requests.', {
      hint: `Try again in ${retryAfterSeconds} s.`,
      retryAfterSeconds,
    });
  }
}
