import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '#lab/host';
import { labFile } from '#lab/lab-file';
import { startProgram } from '#lab/program';
import { run } from '#lab/run';

export interface BuildbotOptions {
  /** Runs in this host's network and dies and boots with it; without one it runs on this machine. */
  host?: Host;
  address?: string;
  port?: number;
  /** What the browser will show, with its path and final slash; Buildbot checks `Origin` against it. */
  buildbotUrl: string;
  /** Seconds between builds that start by themselves. */
  periodS?: number;
  /** Sign-in by the `REMOTE_USER` header that a proxy sets, as `user@realm`. */
  remoteUser?: boolean;
}

export interface Buildbot {
  /** Where it listens, as seen from the host it runs on. */
  url: string;
  version: string;
  /** Forces a build; events for it follow on `/ws` and `/sse`. */
  triggerEvent(): Promise<void>;
  /** What it has written to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts a real Buildbot master (Debian's package) with a worker, and waits until it serves. */
export async function startBuildbot(options: BuildbotOptions): Promise<Buildbot> {
  const { host, address = '127.0.0.1', port = 8010, buildbotUrl, periodS = 20, remoteUser = false } = options;
  const url = `http://${address}:${port}`;
  const settings = JSON.stringify({ address, port, buildbotUrl, periodS, remoteUser });
  const temporary = host ? undefined : await mkdtemp(join(tmpdir(), 'gatehouse-buildbot-'));
  const directory = host ? `${host.serviceDirectory}/buildbot-${port}` : `${temporary}/buildbot`;
  const removeTemporary = async () => {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  };
  const argv = ['sh', labFile('buildbot/start.sh'), directory, settings];
  const program = await startProgram({ host, argv, ready: /BuildMaster is running/ }).catch(async (error) => {
    await removeTemporary();
    throw error;
  });
  return {
    url,
    version: /buildbot\.version: (\S+)/.exec(program.log())?.[1] ?? 'unknown',
    async triggerEvent() {
      const body = { jsonrpc: '2.0', method: 'force', id: 1, params: { reason: 'asked by the lab' } };
      const request = ['-H', 'Content-Type: application/json', '--data', JSON.stringify(body)];
      const curl = ['curl', '-fsS', '--noproxy', '*', ...request, `${url}/api/v2/forceschedulers/force`];
      await (host ? host.exec(curl) : run(curl));
    },
    log: program.log,
    async stop() {
      await program.stop();
      await removeTemporary();
    },
  };
}
