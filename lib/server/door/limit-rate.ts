import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '#api/operation';
import { AppError } from '../errors/app-error';
import { singleton } from '../singleton';

const limiter = ({ points, perSeconds }: RateLimit) =>
  singleton(`limiter.${points}.${perSeconds}`, () => new RateLimiterMemory({ points, duration: perSeconds }));

/**
 * Counts one call of `key`.
 *
 * @returns headers that tell the caller what is left
 * @throws AppError `too-many-requests`
 */
export async function limitRate(key: string, limit: RateLimit): Promise<Record<string, string>> {
  const headers = (state: RateLimiterRes) => ({
    'ratelimit-policy': `"default";q=${limit.points};w=${limit.perSeconds}`,
    ratelimit: `"default";r=${state.remainingPoints};t=${Math.ceil(state.msBeforeNext / 1000)}`,
  });
  try {
    return headers(await limiter(limit).consume(key));
  } catch (state) {
    if (!(state instanceof RateLimiterRes)) throw state;
    const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    throw new AppError('too-many-requests', 'Too many requests.', {
      hint: `Try again in ${retryAfterSeconds} s.`,
      retryAfterSeconds,
    });
  }
}
