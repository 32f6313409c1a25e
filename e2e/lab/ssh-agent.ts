import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#lab/run';

export interface SshAgent {
  socket: string;
  /** Drops every key. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** An OpenSSH agent of its own that holds one key. */
export async function startAgent(privateKey: string): Promise<SshAgent> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-agent-'));
  const socket = join(directory, 'agent');
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
  const add = (argv: string[], stdin = '') =>
    run(['env', `SSH_AUTH_SOCK=${socket}`, 'ssh-add', '-q', ...argv], { stdin });
  await add(['-'], privateKey);
  return {
    socket,
    forget: async () => void (await add(['-D'])),
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
