import { spawn } from 'node:child_process';
import { program } from '../../../scripts/program.mjs';

/** Starts a TypeScript program (its path in the project) as a process of its own. Its errors are among those of the test. */
export async function spawnProgram(
  entry: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  return spawn(process.execPath, [await program(entry), ...args], {
    // What the test runner asks of Node is not for it.
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
