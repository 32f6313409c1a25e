import 'server-only';
import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { remoteCommands } from '#server/hosts/helper/remote-command';
import { TransportError } from '../../platform/errors/transport-error';
import { processExecution } from './process-execution';
import type { Transport } from './transport';

/** The machine that the dashboard itself runs on, as root or by `sudo -n`. */
export function createLocalTransport(): Transport {
  return {
    kind: 'local',
    account: process.getuid?.() === 0 ? 'root' : 'sudo',
    async exec(command, stdin, options) {
      const child = spawn('/bin/sh', ['-c', remoteCommands[command]], {
        stdio: ['pipe', 'pipe', 'pipe'],
        // Nothing of the dashboard's own environment, which holds its secrets.
        env: {
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          LC_ALL: 'C',
          NODE_ENV: 'production',
        },
        cwd: '/',
        detached: true,
      });
      return processExecution(child, stdin, options);
    },
    forward: connectLocally,
    async close() {},
  };
}

function connectLocally(address: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: address, port });
    const fail = (error: Error) =>
      reject(
        new TransportError(
          'forward-refused',
          `Nothing answers at ${address} port ${port}: ${error.message}`,
          'Check that the service listens there.',
        ),
      );
    socket.setTimeout(10_000, () => socket.destroy(new Error('timed out')));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
