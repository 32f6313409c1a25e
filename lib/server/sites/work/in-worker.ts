import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { closing } from '../../platform/closing';
import { AppError } from '../../platform/errors/app-error';
import { singleton } from '../../platform/singleton';
import { TaskTooLarge, WorkPool } from '../../platform/work/work-pool';
import type { Tasks } from './tasks';
import { workerProgram } from './worker-program';

const threads = 2;
const timeMs = 10_000;
const memoryMib = 512;
/** Time of worker threads that one person may use in a minute, beside the number of calls. */
const budgetMs = 30_000;
const budgetSeconds = 60;
/** Tasks of one person that may wait. */
const mostPending = 8;

const pool = () =>
  singleton('work.pool', () => {
    const made = new WorkPool(workerProgram, { threads, timeMs, memoryMib });
    closing().addEventListener('abort', () => made.close(), { once: true });
    return made;
  });
const budget = () =>
  singleton('work.budget', () => new RateLimiterMemory({ points: budgetMs, duration: budgetSeconds }));

const exhausted = (seconds: number) => {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new AppError(
    'too-many-requests',
    'What you asked for has kept the dashboard busy for long enough.',
    {
      hint: `Try again in ${retryAfterSeconds} s.`,
      retryAfterSeconds,
    },
  );
};

/**
 * Does a task in a worker thread, where it holds up nobody, within limits of time and memory, and on the account of the person who asked.
 *
 * @param who id of that person
 * @throws AppError `too-large` beyond the limits, `too-many-requests` beyond the person's budget, `busy` while the dashboard stops
 */
export async function inWorker<T extends keyof Tasks>(
  who: string,
  task: T,
  input: Parameters<Tasks[T]>[0],
): Promise<ReturnType<Tasks[T]>> {
  const spent = await budget().get(who);
  if (spent && spent.remainingPoints <= 0) throw exhausted(spent.msBeforeNext / 1000);
  if (pool().pending(who) >= mostPending) throw exhausted(1);
  let usedMs = 0;
  const used = (ms: number) => {
    usedMs = Math.round(ms);
  };
  try {
    return (await pool().run(who, { task, input }, used)) as ReturnType<Tasks[T]>;
  } catch (error) {
    if (!(error instanceof TaskTooLarge)) throw error;
    if (closing().aborted) throw new AppError('busy', 'The dashboard is stopping.', { retryAfterSeconds: 5 });
    throw new AppError('too-large', `This is more work than one request may make. ${error.message}`, {
      hint: 'Send less at once.',
    });
  } finally {
    // Beyond the budget it is refused next time.
    await budget()
      .consume(who, Math.max(1, usedMs))
      .catch((state: unknown) => {
        if (!(state instanceof RateLimiterRes)) throw state;
      });
  }
}
