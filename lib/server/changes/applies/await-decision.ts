import 'server-only';
import { db } from '../../platform/database/db';
import { onApplyChanged } from './apply-bus';

export type Decision = 'confirm' | 'rollback';

/** After this much silence the rows are looked at without being told to. */
const lookAgainMs = 2000;
/** The host's clock decides, not ours: it is asked a little after it must have acted. */
const graceMs = 2000;

/** What a person decides about an apply on trial; `null` when the time is over without a word. */
export async function awaitDecision(
  applyId: string,
  until: Date,
  signal: AbortSignal,
): Promise<Decision | null> {
  while (!signal.aborted) {
    const leftMs = until.getTime() + graceMs - Date.now();
    const changed = nextChange(applyId, Math.min(lookAgainMs, Math.max(0, leftMs)), signal);
    const { decision } = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
    if (decision === 'confirm' || decision === 'rollback') {
      changed.cancel();
      return decision;
    }
    if (leftMs <= 0) {
      changed.cancel();
      return null;
    }
    await changed.promise;
  }
  return null;
}

/** Listens from now on, so that nothing said while the rows are read is missed. */
function nextChange(applyId: string, timeoutMs: number, signal: AbortSignal) {
  let cancel = () => {};
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(done, timeoutMs);
    const off = onApplyChanged(applyId, done);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      off();
      signal.removeEventListener('abort', done);
      resolve();
    }
    cancel = done;
  });
  return { promise, cancel };
}
