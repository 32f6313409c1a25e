import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '#api/client';
import { contract } from '#api/contract/index';
import type { DemoHost } from '#lab/demo-host';

const root = new URL('../..', import.meta.url).pathname;

export interface DemoDashboard {
  url: string;
  email: string;
  password: string;
  /** Web servers found on the host, such as `nginx 1.22.1`. */
  servers: string[];
  stop(): Promise<void>;
}

/** Runs a `gatehouse` command on the demo's data and returns what it printed. */
function gatehouse(args: string[], env: NodeJS.ProcessEnv, input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['cli/gatehouse.mjs', ...args], {
      cwd: root,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`gatehouse ${args[0]} failed`)),
    );
    child.stdin.end(input);
  });
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The dashboard did not start; its own output is above.');
}

/** A dashboard with data of its own, a first admin, and `host` enrolled as a person would do it. */
export async function startDemoDashboard(
  { host, fingerprint }: DemoHost,
  port: number,
): Promise<DemoDashboard> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'));
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    GATEHOUSE_DATA_DIR: directory,
    LOG_LEVEL: 'warn',
  };
  const email = 'demo@gatehouse.test';
  const password = 'open the gate, please';

  await gatehouse(['setup', '--email', email, '--password-stdin', '--team', 'Demo'], env, password);
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(url, server);
    const token = (
      await gatehouse(
        ['token', 'create', '--email', email, '--team', 'demo', '--name', 'demo', '--scope', 'all'],
        env,
      )
    ).trim();
    const { call } = createClient({ baseUrl: url, fetch, token });
    const team = 'demo';
    const body = {
      transport: 'ssh',
      name: host.name,
      address: host.address,
      port: host.port,
      user: host.user,
      key: { source: 'generate' },
    } as const;
    const created = await call(contract.hosts.create, { params: { team }, body });
    if (!created.publicKey) throw new Error('The dashboard made no key for the host.');
    await host.authorize(created.publicKey);
    const params = { team, id: created.id };
    const { seenKey } = await call(contract.hosts.scanKey, { params });
    if (seenKey?.fingerprint !== fingerprint) throw new Error('The host showed another key than its own.');
    await call(contract.hosts.trustKey, { params, body: { fingerprint } });
    const checked = await call(contract.hosts.check, { params });
    return {
      url,
      email,
      password,
      servers: checked.targets.map((target) => `${target.server} ${target.version ?? ''}`),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
