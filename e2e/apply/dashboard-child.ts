import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StepName } from '#core/plan/step';
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
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const main = fileURLToPath(new URL('child-main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', tsx, main], {
    env: { ...process.env, GATEHOUSE_DATA_DIR: dashboard.server.dataDir, LOG_LEVEL: 'error' },
    stdio: ['pipe', 'pipe', 'inherit'],
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
