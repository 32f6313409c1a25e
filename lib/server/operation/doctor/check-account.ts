import 'server-only';
import { statSync } from 'node:fs';
import type { Env } from '../../platform/env';
import { runningServer } from '../process/running-server';
import { type Finding, ok, skipped, warning } from './finding';

/** Whose rights a fault in the dashboard would have. Linux tells whose a process is. */
export function checkAccount({ dataDir }: Env): Finding {
  const pid = runningServer(dataDir);
  if (pid === null || process.platform !== 'linux') return skipped('account', 'No dashboard to be seen.');
  const { uid } = statSync(`/proc/${pid}`);
  if (uid !== 0) return ok('account', `The dashboard has no right of root (account ${uid}).`);
  return warning(
    'account',
    'The dashboard runs as root, and needs no right of it: a fault in it would be one of the whole machine. packaging/gatehouse.service gives it an account of its own.',
  );
}
