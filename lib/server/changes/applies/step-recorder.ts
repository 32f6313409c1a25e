import 'server-only';
import type { StepName, StepStatus } from '#core/change/step';
import type { HelperEvent } from '#core/host/event';
import { hostErrorIssue } from '#core/plan/host-error';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { applyChanged } from './apply-bus';

interface RecordedStep {
  readonly sequence: number;
  readonly name: StepName;
  status: StepStatus;
  startedAt: Date;
  finishedAt: Date | null;
  message: string;
  output: string;
}

/** Kept per step; the rest of a tool's megabytes helps nobody. */
const maxOutputLength = 64 * 1024;
const maxMessageLength = 4000;

/** Events come in bursts: what comes within so long is written at once. Readers are told as often at most. */
const gatherMs = 100;

/**
 * Writes the steps of one target as they come, so that readers see them live. Rows are written in order, those of a burst
 * together; what a crash loses of the last moment, `replay` brings back.
 */
export class StepRecorder {
  readonly #steps: RecordedStep[] = [];
  readonly #dirty = new Set<RecordedStep>();
  #writing: Promise<void> = Promise.resolve();
  #scheduled = false;
  /** Somebody waits for the rows. */
  #flushing = 0;
  #hurry: () => void = () => undefined;
  /** Steps before this one are over; events speak of later ones. */
  #passed = 0;
  /** The step that was heard of last. */
  #latest: RecordedStep | undefined;
  /** Wall clock at the host's monotonic zero, by the event that took the shortest time to get here. */
  #epochMs: number | null = null;
  /** Steps of the answer that is being read: their times are the host's. */
  #timed: RecordedStep[] = [];
  #clockOffsetMs = 0;

  private constructor(
    private readonly applyId: string,
    private readonly applyTargetId: string,
  ) {}

  /** Goes on after the steps that are recorded already. */
  static async open(applyId: string, applyTargetId: string): Promise<StepRecorder> {
    const recorder = new StepRecorder(applyId, applyTargetId);
    const rows = await db().applyStep.findMany({ where: { applyTargetId }, orderBy: { sequence: 'asc' } });
    for (const { sequence, name, status, startedAt, finishedAt, message, output } of rows) {
      const known = { name: name as StepName, status: status as StepStatus };
      recorder.#steps.push({ sequence, ...known, startedAt, finishedAt, message, output });
    }
    recorder.#passed = rows.length;
    return recorder;
  }

  /** The host's clock minus ours, by the last answer of its helper; 0 before the first. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /** Steps recorded so far. */
  get count(): number {
    return this.#steps.length;
  }

  /** One event of the helper, as it arrives. */
  readonly onEvent = (event: HelperEvent): void => {
    switch (event.event) {
      case 'begin':
        this.#epochMs = Date.now() - event.atMs;
        this.#timed = [];
        this.#clockOffsetMs = event.epochSeconds * 1000 - Date.now();
        return;
      case 'step':
        this.#timed.push(this.#onStep(event.name, event.status, this.#time(event.atMs), event.reason));
        break;
      case 'output':
        this.#add({ output: event.text });
        break;
      case 'tested':
        this.#add({ message: testedSentence(event), output: event.text });
        break;
      case 'wrote':
        this.#add({ message: `${wroteWord[event.kind]} ${event.path}` });
        break;
      case 'certificate':
        this.#add({ message: `${event.action} ${event.path}` });
        break;
      case 'changed':
        this.#add({ message: `changed: ${event.path}` });
        break;
      case 'proof':
        this.#add({ message: proofSentence(event), output: event.text });
        break;
      case 'identity':
        this.#add({ message: identitySentence(event) });
        break;
      case 'taken':
        this.#add({ message: takenSentence(event) });
        break;
      case 'warning':
        this.#add({ message: [event.code, event.path, event.text].filter(Boolean).join(': ') });
        break;
      case 'error':
        this.#add({ output: event.text ?? '' });
        break;
    }
  };

  /** Brings the rows in line with the host's own log of this apply. Steps of the dashboard itself stay where they are. */
  replay(events: readonly HelperEvent[]): void {
    this.#passed = 0;
    this.#latest = undefined;
    for (const step of this.#steps) {
      if (step.name === 'probe') continue;
      step.message = '';
      step.output = '';
    }
    for (const event of events) this.onEvent(event);
    this.#passed = this.#steps.length;
  }

  /** A step of the dashboard's own. */
  begin(name: StepName): void {
    this.#onStep(name, 'running', new Date());
  }

  end(name: StepName, status: Exclude<StepStatus, 'running'>, message: string): void {
    this.#onStep(name, status, new Date());
    this.#add({ message });
  }

  /** The apply is over: a step that was running when contact was lost is no longer running, however it ended. */
  closeOpen(status: 'failed' | 'skipped'): void {
    for (const step of this.#steps.filter((each) => each.status === 'running')) {
      step.status = status;
      step.finishedAt = new Date();
      this.#mark(step);
    }
  }

  /** Resolves when everything so far is in the database. */
  async flush(): Promise<void> {
    this.#flushing += 1;
    this.#hurry();
    while (this.#scheduled || this.#dirty.size > 0) await this.#writing;
    await this.#writing;
    this.#flushing -= 1;
  }

  /** An event that got here sooner than those before shows that they were earlier: all of them, so that what lies between them stays. */
  #time(atMs: number): Date {
    const epochMs = this.#epochMs ?? Date.now() - atMs;
    const aheadMs = epochMs + atMs - Date.now();
    if (aheadMs > 0) {
      for (const step of new Set(this.#timed)) {
        step.startedAt = new Date(step.startedAt.getTime() - aheadMs);
        if (step.finishedAt) step.finishedAt = new Date(step.finishedAt.getTime() - aheadMs);
        this.#mark(step);
      }
    }
    this.#epochMs = epochMs - Math.max(0, aheadMs);
    return new Date(this.#epochMs + atMs);
  }

  #onStep(name: StepName, status: StepStatus, at: Date, reason?: string): RecordedStep {
    let step = this.#current(name);
    if (!step) {
      const sequence = (this.#steps.at(-1)?.sequence ?? 0) + 1;
      step = { sequence, name, status: 'running', startedAt: at, finishedAt: null, message: '', output: '' };
      this.#steps.push(step);
    }
    this.#latest = step;
    step.status = status;
    step.finishedAt = status === 'running' ? null : at;
    if (status !== 'running') this.#passed = Math.max(this.#passed, this.#steps.indexOf(step) + 1);
    if (reason) this.#add({ message: hostErrorIssue(reason).message });
    this.#mark(step);
    return step;
  }

  /** The step an event speaks of: the running one of that name, or in a replay the next one recorded under it. */
  #current(name: StepName): RecordedStep | undefined {
    const rest = this.#steps.slice(this.#passed);
    return rest.find((step) => step.name === name);
  }

  #add({ message = '', output = '' }: { message?: string; output?: string }): void {
    // What comes between two steps belongs to the one before.
    const step = this.#latest;
    if (!step) return;
    if (message) step.message = joined(step.message, message, maxMessageLength);
    if (output) step.output = joined(step.output, output, maxOutputLength);
    this.#mark(step);
  }

  #mark(step: RecordedStep): void {
    this.#dirty.add(step);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#writing = this.#writing.then(() => this.#gather()).then(() => this.#save());
  }

  #gather(): Promise<void> {
    if (this.#flushing > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, gatherMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #save(): Promise<void> {
    this.#scheduled = false;
    const rows = [...this.#dirty].map((step) => ({ ...step }));
    this.#dirty.clear();
    const { applyTargetId } = this;
    await write(async (tx) => {
      for (const { sequence, ...data } of rows) {
        await tx.applyStep.upsert({
          where: { applyTargetId_sequence: { applyTargetId, sequence } },
          create: { applyTargetId, sequence, ...data },
          update: data,
        });
      }
    });
    applyChanged(this.applyId);
  }
}

const wroteWord = { absent: 'removed', file: 'wrote', link: 'linked' } as const;

function joined(before: string, more: string, maxLength: number): string {
  const text = before ? `${before}\n${more}` : more;
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

function testedSentence(event: Extract<HelperEvent, { event: 'tested' }>): string {
  const tree = {
    baseline: 'as it is',
    candidate: 'as it should be',
    live: 'as written',
    restored: 'as restored',
  }[event.tree];
  const how = { namespace: 'in a private mount namespace', copy: 'on a copy', live: 'in place' }[
    event.method
  ];
  return `configuration ${tree}: ${event.passed ? 'passed' : 'failed'} the web server’s own test (${how})`;
}

function identitySentence({ asked, ours, others }: Extract<HelperEvent, { event: 'identity' }>): string {
  const words = { other: 'another block answered', silent: 'nobody answered', unasked: 'could not be asked' };
  return [
    `${ours} of ${asked} questions to this host itself were answered by these very blocks`,
    ...others.map(
      ({ hostname, address, port, answer }) => `${hostname} on ${address}:${port}: ${words[answer]}`,
    ),
  ].join('\n');
}

function takenSentence({
  port,
  protocol,
  address,
  holder,
}: Extract<HelperEvent, { event: 'taken' }>): string {
  return `${port}/${protocol} is taken on ${address} by ${holder || 'a process that has ended since'}`;
}

function proofSentence(event: Extract<HelperEvent, { event: 'proof' }>): string {
  const ports = event.listeners.map(({ port, protocol, owned, holder }) =>
    owned
      ? `${port}/${protocol} served`
      : `${port}/${protocol} not served${holder ? `, held by ${holder}` : ''}`,
  );
  const master = event.alive
    ? `process ${event.masterPid}, ${event.newWorkers} new workers`
    : 'the web server is not running';
  return [master, ...ports].join('; ');
}
