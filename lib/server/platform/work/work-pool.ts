import 'server-only';
import { Worker } from 'node:worker_threads';

/** A task took more time or memory than a legitimate one needs. */
export class TaskTooLarge extends Error {
  override readonly name = 'TaskTooLarge';
}

interface Waiting {
  readonly who: string;
  readonly message: unknown;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
  readonly used: (ms: number) => void;
}

export interface WorkLimits {
  readonly threads: number;
  /** Processor time. A task that the machine keeps waiting is given up to `patience` times as long by the clock. */
  readonly timeMs: number;
  readonly memoryMib: number;
}

/** A busy machine may give a thread a small part of a processor; an honest task must not be refused for that. */
const patience = 6;

type Answer = { readonly value: unknown } | { readonly error: string };

/**
 * A few worker threads for work that would hold up the event loop. Each does one task at a time, and each caller has one under way at a time: others are let
 * through between two of theirs. A thread that exceeds a limit is ended together with its task.
 */
export class WorkPool {
  readonly #waiting: Waiting[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Set<Worker>();
  readonly #active = new Set<string>();
  #count = 0;
  /** Whose turn it was last. */
  #last = '';
  #closed = false;

  constructor(
    private readonly program: () => Promise<string>,
    private readonly limits: WorkLimits,
  ) {}

  /**
   * @param used told how long a thread was busy with it
   * @throws TaskTooLarge; an error of the task itself, with its words
   */
  run(who: string, message: unknown, used: (ms: number) => void = () => undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(new TaskTooLarge('The dashboard is stopping.'));
    return new Promise((done, failed) => {
      this.#waiting.push({ who, message, done, failed, used });
      this.#next();
    });
  }

  /** Tasks of somebody that wait or are under way. */
  pending(who: string): number {
    return this.#waiting.filter((each) => each.who === who).length + (this.#active.has(who) ? 1 : 0);
  }

  /** Ends every thread at once; tasks under way are refused. */
  close(): void {
    this.#closed = true;
    for (const { failed } of this.#waiting.splice(0)) failed(new TaskTooLarge('The dashboard is stopping.'));
    for (const worker of [...this.#idle.splice(0), ...this.#busy]) void worker.terminate();
  }

  #next(): void {
    if (this.#idle.length === 0 && this.#count >= this.limits.threads) return;
    const free = (each: Waiting) => !this.#active.has(each.who);
    const other = this.#waiting.findIndex((each) => free(each) && each.who !== this.#last);
    const index = other === -1 ? this.#waiting.findIndex(free) : other;
    const [task] = index === -1 ? [] : this.#waiting.splice(index, 1);
    if (!task) return;
    this.#active.add(task.who);
    this.#last = task.who;
    const worker = this.#idle.pop();
    if (!worker) this.#count += 1;
    const ready = worker ? Promise.resolve(worker) : this.#start();
    ready
      .then((thread) => this.#do(thread, task))
      .catch((error: unknown) => {
        this.#count -= 1;
        task.failed(error);
      })
      .finally(() => {
        this.#active.delete(task.who);
        this.#next();
      });
    this.#next();
  }

  async #start(): Promise<Worker> {
    const { memoryMib } = this.limits;
    const worker = new Worker(await this.program(), {
      // Its environment holds settings that are no business of a user's text.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMib, stackSizeMb: 4 },
    });
    worker.unref();
    return worker;
  }

  /** Resolves when the task is over, whatever it came to; rejects when the thread is gone. */
  async #do(worker: Worker, { message, done, used }: Waiting): Promise<void> {
    this.#busy.add(worker);
    const started = performance.now();
    try {
      const answer = await this.#answer(worker, message);
      done('error' in answer ? Promise.reject(new Error(answer.error)) : answer.value);
      if (this.#closed) void worker.terminate();
      else this.#idle.push(worker);
    } catch (error) {
      void worker.terminate();
      throw error;
    } finally {
      used(performance.now() - started);
      this.#busy.delete(worker);
    }
  }

  #answer(worker: Worker, message: unknown): Promise<Answer> {
    const { timeMs, memoryMib } = this.limits;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        worker.off('message', answered).off('exit', ended);
      };
      const answered = (answer: Answer) => {
        end();
        worker.off('error', failed);
        resolve(answer);
      };
      const refuse = (error: Error) => {
        // Goes on listening to errors: what comes out of a thread on its way down must not end the process.
        end();
        reject(error);
      };
      const ended = () => refuse(new TaskTooLarge('The dashboard is stopping.'));
      const failed = (error: NodeJS.ErrnoException) =>
        refuse(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new TaskTooLarge(`It needed more memory than ${memoryMib} MiB.`)
            : error,
        );
      // Node tells the processor time of the whole process: no task had more than that, and a thread that spins has nearly all of it.
      const before = process.cpuUsage();
      const started = performance.now();
      const late = () => {
        const { user, system } = process.cpuUsage(before);
        const leftMs = timeMs - (user + system) / 1000;
        if (leftMs > 0 && performance.now() - started < timeMs * patience)
          timer = setTimeout(late, Math.max(leftMs, 50));
        else refuse(new TaskTooLarge(`It took longer than ${timeMs / 1000} s.`));
      };
      let timer = setTimeout(late, timeMs);
      worker.on('message', answered).on('error', failed).on('exit', ended);
      worker.postMessage(message);
    });
  }
}
