import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSshKey, type Host } from '#lab/index';
import { run } from '#lab/run';

/** A key of its own for the system's ssh to these hosts, and a place for control sockets. */
export interface SshAccess {
  readonly directory: string;
  readonly keyFile: string;
  readonly options: readonly string[];
  /** Ends the connections that are kept open. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

export async function sshAccess(hosts: readonly Host[]): Promise<SshAccess> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const key = await createSshKey();
  const keyFile = join(directory, 'key');
  await writeFile(keyFile, key.privateKey);
  await chmod(keyFile, 0o600);
  for (const host of hosts) await host.authorize(key.publicKey);
  const options = [
    '-i',
    keyFile,
    '-o',
    'StrictHostKeyChecking=accept-new',
    '-o',
    `UserKnownHostsFile=${directory}/known`,
    '-o',
    'LogLevel=ERROR',
    '-o',
    'ControlMaster=auto',
    '-o',
    `ControlPath=${directory}/%C`,
    '-o',
    'ControlPersist=60',
  ];
  const disconnect = async () => {
    for (const host of hosts)
      await run(['ssh', ...options, '-O', 'exit', `${host.user}@${host.address}`], { check: false });
  };
  return {
    directory,
    keyFile,
    options,
    disconnect,
    async stop() {
      await disconnect();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
