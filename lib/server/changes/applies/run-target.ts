import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { ApplyStatus } from '#core/change/step';
import type { HelperEvent } from '#core/host/event';
import type { Issue } from '#core/issue';
import { hostErrorIssue } from '#core/plan/host-error';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import type { ProbeBaseline } from '#core/probe/probe-verdict';
import {
  type ApplyAnswer,
  applyOnHost,
  confirmOnHost,
  holdOnHost,
  rollbackOnHost,
} from '../../hosts/helper/host';
import { dismissHelper, readyHelper } from '../../hosts/helper/ready-helper';
import { openHost } from '../../hosts/open-host';
import type { Transport } from '../../hosts/ssh/transport';
import { AppError } from '../../platform/errors/app-error';
import { TransportError } from '../../platform/errors/transport-error';
import { hostChanges } from '../plans/host-changes';
import { askHost, type HostVerdict } from './ask-host';
import { blockAsks } from './block-asks';
import { failureOf } from './failure-of';
import { beginTarget, finishTarget, markTarget } from './finish-target';
import { probeAfter, probeBefore } from './probe-job';
import { recordApplied } from './record-applied';
import { StepRecorder } from './step-recorder';
import type { TargetJob } from './target-job';

/** The state of one target: proven on the host and waiting for its confirmation, or over. */
export type Standing = 'holding' | Extract<ApplyStatus, 'succeeded' | 'failed' | 'rolled-back' | 'cancelled'>;

const retryPauseMs = 1000;
/** Failures to reach the host at all: the request never got there. Everything else leaves open what the host did. */
const neverSent: ReadonlySet<string> = new Set([
  'unreachable',
  'not-ssh',
  'host-key-unknown',
  'host-key-changed',
  'auth-refused',
  'key-invalid',
  'sudo-refused',
  'no-shell',
  'helper-missing',
  'helper-outdated',
]);

/** One target's part of an apply: everything that is done to it goes through here, one act at a time. */
export class TargetRun {
  #baseline: ProbeBaseline | null = null;
  /** One for everything in a row; given back when there is somebody to wait for. */
  #transport: Promise<Transport> | null = null;

  private constructor(
    private readonly job: TargetJob,
    private readonly recorder: StepRecorder,
    private readonly signal: AbortSignal,
  ) {}

  static async open(job: TargetJob, signal: AbortSignal): Promise<TargetRun> {
    return new TargetRun(job, await StepRecorder.open(job.applyId, job.applyTargetId), signal);
  }

  /** Takes the target, unless it was cancelled before its turn came. */
  async begin(): Promise<boolean> {
    // Whatever goes wrong here is said where the host is needed.
    this.#reach().then(readyHelper, () => undefined);
    const begun = await beginTarget(this.job);
    if (!begun) await this.close();
    return begun;
  }

  /** Gives the connection back; the next act takes one again. */
  async close(): Promise<void> {
    const opening = this.#transport;
    this.#transport = null;
    const transport = await opening?.catch(() => null);
    if (!transport) return;
    dismissHelper(transport);
    await transport.close().catch(() => undefined);
  }

  #reach(): Promise<Transport> {
    this.#transport ??= openHost(this.job.host.id);
    return this.#transport;
  }

  /**
   * Everything up to the probes of a target that was begun. `holding`: the new state serves and the host waits for the confirmation, `trialSeconds` at most from
   * when it was proven.
   */
  async prove(trialSeconds: number): Promise<Standing> {
    if (!mayBeProven(this.job)) return this.#end('failed', madeBefore);
    const answer = await this.#send(async (transport) => {
      const { baseline, kept } = await probeBefore(this.job, transport);
      this.#baseline = baseline;
      const { plan, applyTargetId, holder } = this.job;
      const answered = await applyOnHost(
        transport,
        {
          applyId: applyTargetId,
          holder,
          holdSeconds: trialSeconds,
          startIfStopped: plan.startServer,
          ...(plan.chores?.some(({ kind }) => kind === 'reload') ? { reload: true } : {}),
          ...(plan.running ? { running: plan.running } : {}),
          server: plan.target.server,
          changes: hostChanges(plan.changes),
          certificates: plan.certificates,
          listeners: plan.listeners,
          asks: blockAsks(plan),
        },
        { onEvent: this.#onEvent(transport), signal: this.signal },
      );
      await kept;
      return answered;
    });
    if (!('outcome' in answer)) return this.#settled(answer, true);
    switch (answer.outcome) {
      case 'holding':
        return this.#probe();
      case 'unchanged':
        return this.#succeed();
      case 'rolled-back':
        return this.#end('rolled-back', failureOf(answer, this.job));
      case 'restore-failed':
        return this.#end('failed', unrestored(failureOf(answer, this.job)));
      default:
        return this.#end('failed', failureOf(answer, this.job));
    }
  }

  /** Starts the time that a person has to decide. Resolves to when the host undoes the change by itself, or to how it ended. */
  async hold(holdSeconds: number): Promise<Date | Standing> {
    await this.recorder.flush();
    const answer = await this.#send((transport) =>
      holdOnHost(transport, this.job.applyTargetId, holdSeconds, { signal: this.signal }),
    );
    const known = 'outcome' in answer && answer.outcome === 'done';
    const verdict = known ? null : 'outcome' in answer ? await this.#ask() : answer;
    if (verdict && verdict.kind !== 'holding') return this.#settled(verdict, false);
    // Where the word did not get through, the host's own count is the truth.
    const seconds = verdict ? verdict.remainingSeconds : holdSeconds;
    const holdUntil = new Date(Date.now() + seconds * 1000);
    await markTarget(this.job, 'holding', { holdUntil });
    await this.close();
    return holdUntil;
  }

  /** The separate act that makes the new state stay. */
  async confirm(): Promise<Standing> {
    for (;;) {
      const answer = await this.#send((transport) =>
        confirmOnHost(transport, this.job.applyTargetId, {
          onEvent: this.recorder.onEvent,
          signal: this.signal,
        }),
      );
      const verdict = 'outcome' in answer && answer.outcome !== 'confirmed' ? await this.#ask() : answer;
      // The word did not get through, but there is still time to say it again: confirming twice is confirming once.
      if ('kind' in verdict && verdict.kind === 'holding') await setTimeout(retryPauseMs);
      else return 'kind' in verdict ? this.#settled(verdict, false) : this.#succeed();
    }
  }

  /** Has the host put the old state back, for the given reason. */
  async rollBack(failure: Issue): Promise<Standing> {
    for (;;) {
      const answer = await this.#send((transport) =>
        rollbackOnHost(transport, this.job.applyTargetId, {
          onEvent: this.recorder.onEvent,
          signal: this.signal,
        }),
      );
      if ('outcome' in answer && answer.outcome === 'rolled-back') return this.#end('rolled-back', failure);
      const verdict = 'outcome' in answer ? await this.#ask() : answer;
      if (verdict.kind === 'holding') await setTimeout(retryPauseMs);
      else
        return verdict.kind === 'rolled-back'
          ? this.#end('rolled-back', failure)
          : this.#settled(verdict, false);
    }
  }

  /** Asks the host what has become of it, and records that. `holding` when it still waits for a decision. */
  async settle(): Promise<Standing> {
    const verdict = await this.#ask();
    return verdict.kind === 'holding' ? 'holding' : this.#settled(verdict, false);
  }

  /** Runs one request on the host. When the answer does not come back, the host is asked for its verdict instead. */
  async #send(request: (transport: Transport) => Promise<ApplyAnswer>): Promise<ApplyAnswer | HostVerdict> {
    try {
      return await request(await this.#reach());
    } catch (error) {
      await this.close();
      if (!(error instanceof TransportError || error instanceof AppError)) throw error;
      const refused = error instanceof AppError || neverSent.has(error.code);
      // Once the host has begun, only the host can tell what happened to it.
      return refused && this.recorder.count === 0 ? neverBegun(error) : this.#ask();
    }
  }

  /** What the host tells, and while it waits for the web server's new workers, the way for what it will be told next. */
  #onEvent(transport: Transport): (event: HelperEvent) => void {
    return (event) => {
      this.recorder.onEvent(event);
      if (event.event === 'step' && event.name === 'prove' && event.status === 'running')
        readyHelper(transport);
    };
  }

  async #ask(): Promise<HostVerdict> {
    const verdict = await askHost(this.job, this.recorder, this.signal);
    await markTarget(this.job, 'running');
    return verdict;
  }

  async #settled(verdict: HostVerdict, mayGoOn: boolean): Promise<Standing> {
    switch (verdict.kind) {
      case 'holding':
        return mayGoOn ? this.#probe() : 'holding';
      case 'confirmed':
        return this.#succeed();
      case 'rolled-back':
        return this.#end('rolled-back', verdict.failure);
      case 'restore-failed':
        return this.#end('failed', verdict.failure);
      case 'unknown':
        return this.#end('failed', verdict.failure ?? nothingWritten(this.job));
    }
  }

  async #probe(): Promise<Standing> {
    this.recorder.begin('probe');
    const baseline = this.#baseline ?? { before: [], running: new Set(), silentUpstream: new Set() };
    const broken = await this.#look(baseline);
    if (broken.length === 0) return 'holding';
    return this.rollBack(probeIssue(broken));
  }

  async #look(baseline: ProbeBaseline): Promise<readonly ProbeOutcome[]> {
    try {
      const transport = await this.#reach();
      const { after, broken } = await probeAfter(this.job, transport, baseline, this.recorder.clockOffsetMs);
      const passed = after.filter(({ status }) => status === 'passed').length;
      const tolerated = after.filter(({ status }) => status === 'failed').length - broken.length;
      const summary = [
        `${passed} of ${after.length} checks passed`,
        ...(tolerated > 0 ? [`${tolerated} failing as before or for want of the upstream`] : []),
        ...broken.map(({ site, message }) => `${site}: ${message}`),
      ].join('\n');
      this.recorder.end('probe', broken.length > 0 ? 'failed' : 'ok', summary);
      return broken;
    } catch (error) {
      if (!(error instanceof TransportError || error instanceof AppError)) throw error;
      this.recorder.end('probe', 'failed', error.message);
      await this.close();
      return [unprobed(this.job, error.message)];
    }
  }

  async #succeed(): Promise<Standing> {
    await this.close();
    this.recorder.closeOpen('skipped');
    await this.recorder.flush();
    return finishTarget(this.job, {
      status: 'succeeded',
      failure: null,
      also: (tx) => recordApplied(tx, this.job.plan, this.job.rendering.includes, this.job.applyId),
    });
  }

  async #end(status: 'failed' | 'rolled-back', failure: Issue): Promise<Standing> {
    await this.close();
    this.recorder.closeOpen('failed');
    await this.recorder.flush();
    return finishTarget(this.job, { status, failure });
  }
}

/** A plan of before blocks could be asked who they are has nothing by which to prove them. */
const mayBeProven = ({ plan }: TargetJob): boolean =>
  plan.identities.length > 0 || plan.sites.every(({ selected, to }) => !selected || to === null);

const madeBefore: Issue = {
  code: 'apply.plan-outdated',
  severity: 'error',
  path: [],
  message:
    'The plan was made by an earlier release, whose files cannot show that they are the ones that serve. Nothing was written.',
  hint: 'Make a new plan and apply that.',
};

function neverBegun(error: { code: string; message: string; hint?: string | undefined }): HostVerdict {
  return {
    kind: 'unknown',
    failure: {
      code: `apply.${error.code}`,
      severity: 'error',
      path: [],
      message: `${error.message} Nothing was written.`,
      ...(error.hint ? { hint: error.hint } : {}),
    },
  };
}

/** The worst comes first: what went wrong before matters less than that the host needs somebody. */
function unrestored(cause: Issue): Issue {
  const restore = hostErrorIssue('restore-failed');
  return { ...restore, message: `${restore.message} It began with: ${cause.message}` };
}

const nothingWritten = (job: TargetJob): Issue => ({
  code: 'apply.not-begun',
  severity: 'error',
  path: [],
  message: `The connection to ${job.host.name} broke before the host had begun. Nothing was written.`,
  hint: 'Apply the same plan again, or make a new one.',
});

function probeIssue(broken: readonly ProbeOutcome[]): Issue {
  const [first] = broken;
  const more = broken.length > 1 ? ` ${broken.length - 1} more checks failed too.` : '';
  return {
    ...hostErrorIssue('not-proven'),
    code: 'apply.probe-failed',
    message: `With the new configuration a check failed that has to pass: ${first?.message ?? ''}${more} The old one is back.`,
    hint: 'The checks of this apply show what was seen before and after.',
    ...(first ? { site: first.site } : {}),
  };
}

function unprobed(job: TargetJob, reason: string): ProbeOutcome {
  const site = job.sites.find(({ selected }) => selected)?.name ?? '';
  return {
    site,
    kind: 'page',
    status: 'failed',
    message: `The site could not be checked: ${reason}`,
    detail: {},
    durationMs: 0,
  };
}
