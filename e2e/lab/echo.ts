import { createRequire } from 'node:module';
import type { Host } from '#lab/host';
import { labFile } from '#lab/lab-file';
import { startProgram } from '#lab/program';

export interface EchoOptions {
  /** Runs in this host's network and dies and boots with it; without one it runs on this machine. */
  host?: Host;
  address?: string;
  /** In a host 9000 unless told; here a free one. */
  port?: number;
}

export interface Echo {
  /** Where it listens, as seen from the host it runs on. */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Starts an upstream that answers with what it sees; see `createEchoServer` for its paths. */
export async function startEcho(options: EchoOptions = {}): Promise<Echo> {
  const { host, address = '127.0.0.1', port: wanted = host ? 9000 : 0 } = options;
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const argv = [process.execPath, '--import', tsx, labFile('echo-main.ts'), address, String(wanted)];
  const { ready, stop } = await startProgram({ host, argv, ready: /^listening (\d+)$/ });
  const port = Number(ready[1]);
  return { url: `http://${address}:${port}`, port, stop };
}
