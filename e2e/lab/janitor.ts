import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { labFile } from '#lab/lab-file';
import { cleanEnv, release } from '#lab/run';

/** Owner of everything a lab has on this machine; takes it all down when it stops or when this process ends. */
export interface Janitor {
  /** The lab's number: third byte of its addresses, part of every name. */
  lab: number;
  /** Prefix of a command line that makes it run in the mount namespace which holds the lab's disks. */
  inMounts: readonly string[];
  /** Directory for the lab's files; exists only in that mount namespace. */
  directory: string;
  stop(): Promise<void>;
}

export async function startJanitor(): Promise<Janitor> {
  // Detached, so that Ctrl-C reaches us and not it: it has to outlive us by the moment it needs.
  const child = spawn('bash', [labFile('janitor.sh')], {
    env: cleanEnv,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    ended.then(() => ''),
  ]);
  const [lab, pid] = line.split(' ').map(Number);
  if (!lab || !pid) throw new Error('the lab could not be set up on this machine');
  // A caller that forgets to stop its lab can still end.
  release(child);
  return {
    lab,
    inMounts: ['/usr/bin/nsenter', `--mount=/proc/${pid}/ns/mnt`, '--'],
    directory: `/run/gatehouse-lab/${lab}`,
    async stop() {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
