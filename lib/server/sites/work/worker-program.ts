import 'server-only';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Program of the worker threads. */
export const workerEntry = 'lib/server/sites/work/main.ts';

/**
 * Path of the bundle that a worker thread runs. The server's own process is told it; the command line and tests make it, which takes a moment once after
 * a change of its sources.
 */
export async function workerProgram(): Promise<string> {
  const told = process.env.GATEHOUSE_WORKER_PROGRAM;
  if (told) return told;
  // Outside of every bundle: it brings the bundler along.
  const maker = pathToFileURL(join(process.cwd(), 'scripts/program.mjs')).href;
  const { program } = (await import(
    /* turbopackIgnore: true */ /* webpackIgnore: true */ /* @vite-ignore */ maker
  )) as {
    program: (entry: string) => Promise<string>;
  };
  return program(workerEntry);
}
