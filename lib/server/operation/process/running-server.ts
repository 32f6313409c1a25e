import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written by the server while it runs. */
export const pidFileName = 'server.pid';

/**
 * Process id of the dashboard that runs on a data directory, or `null`. A file left behind by one that was killed is not believed: its
 * process must be a server of ours.
 */
export function runningServer(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, pidFileName), 'utf8').trim());
    if (!Number.isInteger(pid) || pid < 1) return null;
    process.kill(pid, 0);
    // Other systems than Linux have no such file: there the living process is believed.
    let command: string;
    try {
      command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return process.platform === 'linux' ? null : pid;
    }
    return /scripts\/server\.mjs/.test(command) ? pid : null;
  } catch {
    return null;
  }
}
