import { runningServer } from '#server/operation/process/running-server';

/** Process id of the server itself, which is not the process that was started. */
export function serverPid(dataDir: string): number {
  const pid = runningServer(dataDir);
  if (pid === null) throw new Error('no server runs');
  return pid;
}
