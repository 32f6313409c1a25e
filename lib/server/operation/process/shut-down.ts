import 'server-only';
import { appliesIdle, appliesSettled, drainApplies, stopApplies } from '../../changes/applies/apply-jobs';
import { closeHosts } from '../../hosts/open-host';
import { stopNotifications } from '../../messages/notify-jobs';
import { beginClosing } from '../../platform/closing';
import { closeDb } from '../../platform/database/db';
import { singleton } from '../../platform/singleton';
import { stopCertificates } from '../certificate-jobs';

/** For work that was told to end and has nothing left to wait for. */
const endingMs = 3000;

const atMost = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
};

/** How the web server, which is outside of the framework's bundle, stops what is inside. */
export interface ShutDown {
  /**
   * Ends event streams, begins no further apply, and lets those under way come to their end for so long. What is not done then stays open
   * in the database: its hosts confirm nothing and undo it by themselves, and the next start asks them what happened to it.
   */
  settle(graceMs: number): Promise<void>;
  /** Ends SSH connections and closes the database; nothing works after it. */
  close(): Promise<void>;
}

async function settle(graceMs: number): Promise<void> {
  beginClosing();
  drainApplies();
  await atMost(graceMs, appliesSettled());
  stopApplies();
  await atMost(endingMs, stopCertificates());
  await atMost(endingMs, appliesIdle());
  // Last: what has just ended is a message to somebody. What is not sent waits in the database.
  await atMost(endingMs, stopNotifications());
}

async function close(): Promise<void> {
  await atMost(endingMs, closeHosts());
  await closeDb();
}

/** Lays out for the web server how to stop this process. */
export function offerShutDown(): void {
  singleton('shut-down', (): ShutDown => ({ settle, close }));
}
