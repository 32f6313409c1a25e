import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { StepName } from '#core/change/step';
import { spawnProgram } from '#server/testing/spawn-program';
import { type Dashboard, type PlanResult, team } from './dashboard';

/** Another dashboard process on the same database. */
export interface DashboardChild {
  readonly applyId: string;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is gone by itself, to the signal that killed it. */
  gone: Promise<NodeJS.Signals | null>;
}

export interface ChildOptions {
  readonly holdSeconds?: number;
  /** Kills itself as soon as that step is on record. */
  readonly dieAt?: StepName;
  /** How far its clock is off. */
  readonly clockOffsetMs?: number;
}

/** Has a process of its own start the apply of a plan. */
export async function applyInChild(
  dashboard: Dashboard,
  plan: Pick<PlanResult, 'id' | 'hash'>,
  { holdSeconds = 0, dieAt, clockOffsetMs = 0 }: ChildOptions = {},
): Promise<DashboardChild> {
  const child = await spawnProgram('e2e/apply/child-main.ts', [], {
    GATEHOUSE_DATA_DIR: dashboard.server.dataDir,
    LOG_LEVEL: 'error',
  });
  const body = { planId: plan.id, planHash: plan.hash, holdSeconds };
  // Stays open: its end tells the child that nobody is left to care for it.
  child.stdin.write(`${JSON.stringify({ team, token: dashboard.token, body, dieAt, clockOffsetMs })}\n`);
  const gone = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
  const applyId = await startedApply(child);
  return {
    applyId,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await gone;
    },
    gone,
  };
}

function startedApply(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('the child has no output');
    const log: string[] = [];
    createInterface(child.stdout).on('line', (line) => {
      log.push(line);
      if (line.startsWith('started ')) resolve(line.slice(8));
    });
    child.on('close', (code) => {
      const why = `the dashboard process ended with ${code} before it started the apply`;
      reject(new Error([why, ...log].join('\n')));
    });
  });
}
