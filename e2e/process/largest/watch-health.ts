import { Worker } from 'node:worker_threads';

/** One question to `/api/health`. */
export interface Look {
  /** On the clock of `Date.now()`. */
  readonly askedAt: number;
  /** Until its whole answer was there. */
  readonly waitMs: number;
  /** Processor time that the server's main thread used meanwhile: what other programs of the machine do is not in it. */
  readonly busyMs: number;
  readonly status: number;
}

/** Asks in a thread of its own, so that what the walk itself is busy with is not measured. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const { Agent, get } = require('node:http');
const { url, pid, everyMs } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
// On a processor so far, in nanoseconds; of the one thread that the event loop is.
const busy = () => Number(readFileSync('/proc/' + pid + '/task/' + pid + '/schedstat', 'utf8').split(' ')[0]) / 1e6;
setInterval(() => {
  const askedAt = Date.now();
  const started = performance.now();
  let before;
  try { before = busy(); } catch { return; }
  const done = (status) => {
    let after = before;
    try { after = busy(); } catch {}
    parentPort.postMessage({ askedAt, waitMs: performance.now() - started, busyMs: after - before, status });
  };
  get(url + '/api/health', { agent }, (answer) => answer.resume().on('end', () => done(answer.statusCode))).on('error', () => done(0));
}, everyMs);
`;

export interface HealthWatch {
  /** Those that were asked since the last call, and have their answer. */
  take(): Look[];
  stop(): Promise<void>;
}

/** Asks a dashboard ten times a second how it is, whether or not it has answered before. */
export function watchHealth(url: string, pid: number, everyMs = 100): HealthWatch {
  let looks: Look[] = [];
  const worker = new Worker(program, { eval: true, workerData: { url, pid, everyMs } });
  worker.on('message', (look: Look) => looks.push(look));
  return {
    take: () => {
      const taken = looks;
      looks = [];
      return taken;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
