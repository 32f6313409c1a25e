import 'server-only';
import { parentPort } from 'node:worker_threads';
import { type Tasks, tasks } from './tasks';

/** A worker thread: one task after the other, each with one answer. */
parentPort?.on('message', ({ task, input }: { task: keyof Tasks; input: unknown }) => {
  try {
    const value = (tasks[task] as (input: unknown) => unknown)(input);
    parentPort?.postMessage({ value });
  } catch (error) {
    parentPort?.postMessage({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
