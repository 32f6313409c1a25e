import type { Apply } from '#api/contract/applies';
import type { ApplyStatus } from '#core/change/step';
import { list } from '../diff/change-text';
import { sentence } from '../kit/sentence';
import { serverTitle } from '../kit/server-title';
import { stepWords } from './step-words';

export type Tone = 'ok' | 'danger' | 'warning' | 'info';

export interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  /** One or two plain sentences. */
  readonly text: string;
}

type ApplyTarget = Apply['targets'][number];

/** True once nothing more happens by itself. */
export function isOver(status: ApplyStatus): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'holding';
}

/** Whether a live file of this target was (perhaps) touched. */
export function hasWritten(target: Pick<ApplyTarget, 'steps'>): boolean {
  return target.steps.some((step) => step.name === 'write' && step.status !== 'skipped');
}

/** What happened to an apply, in plain words. */
export function verdictOf(apply: Pick<Apply, 'status' | 'failure' | 'targets' | 'holdSeconds'>): Verdict {
  const names = [...new Set(apply.targets.map((target) => target.hostName))];
  const hosts = list(names) || 'the host';
  const failure = apply.failure ?? apply.targets.find((target) => target.failure)?.failure ?? null;
  const reason = failure ? sentence(failure.message) : '';
  const untouched = apply.targets.every((target) => !hasWritten(target));
  switch (apply.status) {
    case 'queued':
      return { tone: 'info', title: 'Waiting', text: 'It starts as soon as the host is free.' };
    case 'running':
      return { tone: 'info', title: 'Running', text: runningText(apply.targets) };
    case 'holding':
      return {
        tone: 'warning',
        title: 'On trial',
        text: `The new configuration serves on ${hosts}. It is undone by the host itself unless somebody confirms it.`,
      };
    case 'succeeded':
      return {
        tone: 'ok',
        title: 'Applied',
        text: `The new configuration serves on ${hosts}.${probeText(apply.targets)}`,
      };
    case 'rolled-back':
      return {
        tone: 'danger',
        title: 'Rolled back',
        text: `${reason || 'It was undone.'} ${asItWas(apply.targets)}${stillServing(apply.targets)}`,
      };
    case 'failed':
      return untouched
        ? { tone: 'danger', title: 'Stopped', text: withNothingWritten(reason) }
        : {
            tone: 'danger',
            title: 'Failed',
            text: `${reason}${wayBack(apply.targets)}${stillServing(apply.targets)}`.trim(),
          };
    case 'interrupted':
      return {
        tone: 'warning',
        title: 'Interrupted',
        text: `${reason || `Contact with ${hosts} was lost.`} Without a confirmation the host undoes the change by itself; it is asked at the next contact.`,
      };
    case 'cancelled':
      return {
        tone: 'warning',
        title: 'Cancelled',
        text: untouched ? 'Nothing was written.' : `${asItWas(apply.targets)}${stillServing(apply.targets)}`,
      };
  }
}

const namesOf = (targets: readonly ApplyTarget[]) => [...new Set(targets.map(({ hostName }) => hostName))];

/** Hosts that an apply left as they were. */
function asItWas(targets: readonly ApplyTarget[]): string {
  const names = namesOf(targets.filter(({ status }) => status !== 'succeeded'));
  return `${list(names) || 'The host'} ${names.length > 1 ? 'are as they were' : 'is as it was'}.`;
}

/** Hosts that serve the new configuration although the apply as a whole did not succeed. */
function stillServing(targets: readonly ApplyTarget[]): string {
  const names = namesOf(targets.filter(({ status }) => status === 'succeeded'));
  return names.length > 0 ? ` The new configuration serves on ${list(names)}.` : '';
}

/** Proven: either the new state serves, or the old one is back. */
const settled: readonly ApplyStatus[] = ['succeeded', 'rolled-back'];

/** Somebody has to look only where something was written and not put back. */
function wayBack(targets: readonly ApplyTarget[]): string {
  const names = namesOf(targets.filter((target) => !settled.includes(target.status) && hasWritten(target)));
  return names.length > 0 ? ` The rollback did not finish: look at ${list(names)} now.` : '';
}

/** Says it once, whether or not the reason says it already. */
function withNothingWritten(reason: string): string {
  return reason.includes('Nothing was written') ? reason : `${reason} Nothing was written.`.trim();
}

function runningText(targets: readonly ApplyTarget[]): string {
  const busy = targets.flatMap((target) => {
    const step = target.steps.findLast(({ status }) => status === 'running');
    const where = `${serverTitle(target.server)} on ${target.hostName}`;
    return step ? [`${stepWords[step.name].title} — ${where}.`] : [];
  });
  return busy.join(' ') || 'Connecting to the host.';
}

function probeText(targets: readonly ApplyTarget[]): string {
  const after = targets.flatMap((target) => target.probes.filter((probe) => probe.phase === 'after'));
  const passed = after.filter((probe) => probe.status === 'passed').length;
  const failed = after.filter((probe) => probe.status === 'failed').length;
  if (passed + failed === 0) return '';
  if (failed === 0) return passed === 1 ? ' The probe passed.' : ` All ${passed} probes passed.`;
  return ` ${passed} of ${passed + failed} probes passed; the others failed before it too.`;
}
