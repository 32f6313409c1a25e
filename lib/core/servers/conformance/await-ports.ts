import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rendering } from '../types';

/** Waits until a server that was just started accepts connections on every port of a rendering; throws with what it said when it gives up. */
export async function awaitPorts(
  rendering: Rendering,
  child: ChildProcess,
  said: () => Promise<string>,
): Promise<void> {
  const ports = rendering.listeners.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port);
  for (let attempt = 0; !(await accepts(ports)); attempt++) {
    if (attempt > 1200 || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start: ${await said()}`);
    }
    await sleep(50);
  }
}

async function accepts(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(
    ports.map(
      (port) =>
        new Promise<boolean>((resolve) => {
          const socket = connect({ port, host: '127.0.0.1' }, () => {
            socket.destroy();
            resolve(true);
          });
          socket.once('error', () => resolve(false));
        }),
    ),
  );
  return answers.every(Boolean);
}
