import 'server-only';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import { hostErrorIssue } from '#core/plan/host-error';
import { recoverOnHost, statusOnHost } from '../../hosts/helper/host';
import { openHost } from '../../hosts/open-host';
import type { Transport } from '../../hosts/ssh/transport';
import { AppError } from '../../platform/errors/app-error';
import { TransportError } from '../../platform/errors/transport-error';
import { log } from '../../platform/log';
import { markTarget } from './finish-target';
import type { StepRecorder } from './step-recorder';
import type { TargetJob } from './target-job';

/** What the host says has become of an apply. */
export type HostVerdict =
  /** It serves the new state and undoes it after this time unless it is confirmed. */
  | { readonly kind: 'holding'; readonly remainingSeconds: number }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'rolled-back'; readonly failure: Issue }
  | { readonly kind: 'restore-failed'; readonly failure: Issue }
  /** The host never heard of it: nothing was written. `failure` where it is known why. */
  | { readonly kind: 'unknown'; readonly failure?: Issue };

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** A request that was cut off may take a moment to start; only then does silence mean that nothing will come. */
const lateStartMs = 3000;
const stillWorkingMs = 1000;

/**
 * Asks the host until it is known what has become of the apply, however long the host cannot be reached; the apply counts as
 * `interrupted` meanwhile. Starts nothing again: the host either goes on by itself, or puts back what nobody works on any longer.
 */
export async function askHost(
  job: TargetJob,
  recorder: StepRecorder,
  signal: AbortSignal,
): Promise<HostVerdict> {
  let pauseMs = firstPauseMs;
  let unknownSince: number | null = null;
  while (!signal.aborted) {
    let transport: Transport | null = null;
    try {
      transport = await openHost(job.host.id);
      const { journal, events } = await statusOnHost(transport, job.applyTargetId);
      if (!journal) {
        unknownSince ??= Date.now();
        if (Date.now() - unknownSince >= lateStartMs) return { kind: 'unknown' };
      } else {
        unknownSince = null;
        recorder.replay(events);
        await recorder.flush();
        const verdict = verdictOf(journal);
        if (verdict) return verdict;
        // Nobody guards it any longer: the host is told to put it back, which it does for every such apply.
        if (journal.watchdog === 'dead') await recoverOnHost(transport);
      }
      pauseMs = firstPauseMs;
      await wait(stillWorkingMs, signal);
    } catch (error) {
      if (!(error instanceof TransportError || error instanceof AppError)) throw error;
      if (error.code === 'not-found') return { kind: 'unknown', failure: hostRemoved(job) };
      log().warn(
        { applyId: job.applyId, host: job.host.id, code: error.code },
        'host cannot be asked about an apply',
      );
      await markTarget(job, 'interrupted');
      await wait(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    } finally {
      await transport?.close().catch(() => undefined);
    }
  }
  throw new TransportError(
    'aborted',
    'The dashboard is stopping.',
    'The host is asked again at the next start.',
  );
}

const hostRemoved = (job: TargetJob): Issue => ({
  code: 'apply.host-removed',
  severity: 'error',
  path: [],
  message: `${job.host.name} was removed from the dashboard before it could be asked what happened to this apply.`,
  hint: 'An apply that nobody confirms is undone by the host itself.',
});

function verdictOf(journal: EventOf<'journal'>): HostVerdict | null {
  switch (journal.state) {
    case 'confirmed':
      return { kind: 'confirmed' };
    case 'rolled-back':
      return { kind: 'rolled-back', failure: hostErrorIssue(journal.reason ?? 'interrupted') };
    case 'restore-failed':
      return { kind: 'restore-failed', failure: hostErrorIssue('restore-failed') };
    case 'holding':
      return journal.watchdog === 'alive'
        ? { kind: 'holding', remainingSeconds: journal.remainingSeconds ?? 0 }
        : null;
    case 'open':
    case 'rolling-back':
      return null;
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
