import 'server-only';
import { setMaxListeners } from 'node:events';
import { db } from '../../platform/database/db';
import { HostQueue } from '../../platform/jobs/host-queue';
import { log } from '../../platform/log';
import { singleton } from '../../platform/singleton';
import { claimHosts, driftChecksIdle, stopDriftChecks } from '../drift/drift-jobs';
import { recoverApply } from './recover-apply';
import { runApply } from './run-apply';

/** An apply waits for hosts most of its time, so many may be under way. */
const appliesAtOnce = 16;

interface ApplyJobs {
  readonly queue: HostQueue;
  readonly stop: AbortController;
  /** Applies that this process works on. */
  readonly known: Set<string>;
  /** Nothing further is begun. */
  draining: boolean;
}

const jobs = () =>
  singleton(
    'jobs.applies',
    (): ApplyJobs => ({
      queue: new HostQueue(appliesAtOnce),
      stop: manyListeners(new AbortController()),
      known: new Set(),
      draining: false,
    }),
  );

/** All applies, and all their commands, wait for the same word: so this many listeners are not a leak. */
function manyListeners(controller: AbortController): AbortController {
  setMaxListeners(0, controller.signal);
  return controller;
}

type Work = (applyId: string, signal: AbortSignal) => Promise<void>;

/** After an error of our own (a full disk under the database), the hosts are asked what happened to it; pauses in seconds. */
const retrySeconds = [5, 30, 120];

function start(applyId: string, hostIds: readonly string[], work: Work, failures = 0): void {
  const { queue, stop, known } = jobs();
  if (known.has(applyId)) return;
  known.add(applyId);
  const failed = (error: unknown) => {
    if (stop.signal.aborted) return;
    log().error({ err: error, applyId }, 'apply stopped unexpectedly');
    const seconds = retrySeconds[failures];
    if (seconds === undefined) return;
    setTimeout(() => start(applyId, hostIds, recoverApply, failures + 1), seconds * 1000).unref();
  };
  // Nobody compares a host while an apply changes it.
  const alone = async () => {
    if (jobs().draining) return;
    const release = await claimHosts(hostIds);
    try {
      await work(applyId, stop.signal);
    } finally {
      release();
    }
  };
  void queue.add(hostIds, alone, failed).finally(() => {
    known.delete(applyId);
  });
}

/** Carries out a new apply in the background. */
export const startApply = (applyId: string, hostIds: readonly string[]): void =>
  start(applyId, hostIds, runApply);

/** Finds out in the background what happened to an apply that an earlier process left open. */
export const startRecovery = (applyId: string, hostIds: readonly string[]): void =>
  start(applyId, hostIds, recoverApply);

/** Does work that changes one host while no apply is at it; what is left there is looked at afterwards. Throws what the work throws. */
export async function aloneOnHost(hostId: string, work: () => Promise<void>): Promise<void> {
  const { queue } = jobs();
  let failure: { readonly error: unknown } | null = null;
  const alone = async () => {
    if (jobs().draining) return;
    const release = await claimHosts([hostId]);
    await work().finally(release);
  };
  await queue.add([hostId], alone, (error) => {
    failure = { error };
  });
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

/** Whether this process works on the apply. */
export const isApplyUnderWay = (applyId: string): boolean => jobs().known.has(applyId);

/** Resolves when no apply is under way, and nobody is looking at what one has left. */
export async function appliesIdle(): Promise<void> {
  await jobs().queue.idle();
  await driftChecksIdle();
}

/** Stops beginning applies: what waits for its turn stays queued in the database until the next start. Nobody looks at hosts either. */
export function drainApplies(): void {
  jobs().draining = true;
  stopDriftChecks();
}

const settledPollMs = 100;

/** Resolves when no apply of this process changes anything: all have ended, or wait on trial for a person. */
export async function appliesSettled(): Promise<void> {
  const { known, stop } = jobs();
  while (known.size > 0 && !stop.signal.aborted) {
    const busy = await db().apply.count({ where: { id: { in: [...known] }, status: { not: 'holding' } } });
    if (busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, settledPollMs));
  }
}

/** Ends all waiting for hosts. Applies under way stay open in the database and are recovered at the next start. */
export function stopApplies(): void {
  jobs().stop.abort();
  stopDriftChecks();
}
