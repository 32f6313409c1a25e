import 'server-only';
import { db } from '../../platform/database/db';
import { env } from '../../platform/env';
import { HostQueue } from '../../platform/jobs/host-queue';
import { log } from '../../platform/log';
import { singleton } from '../../platform/singleton';
import { type Look, lookAtHost } from './look-at-host';

interface UnderWay {
  readonly stop: AbortController;
  /** Its turn has come. */
  readonly begun: () => boolean;
  readonly done: Promise<Look>;
}

interface DriftJobs {
  readonly queue: HostQueue;
  /** Places of their own for hosts that did not answer last time: they wait for one another, and nobody for them. */
  readonly awayQueue: HostQueue;
  readonly away: Set<string>;
  readonly underWay: Map<string, UnderWay>;
  /** Hosts that an apply works on, and how many of them do. */
  readonly claimed: Map<string, number>;
  timer: NodeJS.Timeout | null;
  stopped: boolean;
}

const jobs = () =>
  singleton(
    'jobs.drift',
    (): DriftJobs => ({
      queue: new HostQueue(env().driftHostsAtOnce),
      awayQueue: new HostQueue(env().driftHostsAtOnce),
      away: new Set(),
      underWay: new Map(),
      claimed: new Map(),
      timer: null,
      stopped: false,
    }),
  );

/** Looks at a host now, or joins the look that is under way. Hosts that an apply works on are left alone. */
export function lookNow(hostId: string): Promise<Look> {
  const { queue, awayQueue, away, underWay, claimed, stopped } = jobs();
  if (stopped) return Promise.resolve('stopped');
  if (claimed.has(hostId)) return Promise.resolve('busy');
  const known = underWay.get(hostId);
  if (known) return known.done;
  const stop = new AbortController();
  let look: Look = 'stopped';
  let begun = false;
  const work = async () => {
    begun = true;
    if (!stop.signal.aborted) look = await lookAtHost(hostId, stop.signal);
    if (look === 'unreachable') away.add(hostId);
    else if (look === 'compared') away.delete(hostId);
  };
  const done = (away.has(hostId) ? awayQueue : queue)
    .add([hostId], work, (error) =>
      log().error({ err: error, hostId }, 'comparing a host stopped unexpectedly'),
    )
    .then(() => {
      if (underWay.get(hostId)?.stop === stop) underWay.delete(hostId);
      return look;
    });
  underWay.set(hostId, { stop, done, begun: () => begun });
  return done;
}

/** Whether somebody is looking at the host. */
export const isLookedAt = (hostId: string): boolean => jobs().underWay.has(hostId);

/**
 * Keeps looks away from hosts while an apply works on them; one that is under way is ended first. The returned function gives the
 * hosts back, and has them looked at, so that what the apply left there is known at once.
 */
export async function claimHosts(hostIds: readonly string[]): Promise<() => void> {
  const { claimed, underWay } = jobs();
  for (const id of hostIds) claimed.set(id, (claimed.get(id) ?? 0) + 1);
  const looks = hostIds.flatMap((id) => underWay.get(id) ?? []);
  for (const id of hostIds) underWay.delete(id);
  for (const { stop } of looks) stop.abort();
  // One that still waits for its turn will see that it was stopped.
  await Promise.all(looks.filter(({ begun }) => begun()).map(({ done }) => done));
  return () => {
    for (const id of hostIds) {
      const count = (claimed.get(id) ?? 1) - 1;
      if (count > 0) claimed.set(id, count);
      else {
        claimed.delete(id);
        void lookNow(id);
      }
    }
  };
}

const slowestTickMs = 15_000;
const fastestTickMs = 500;

/** To be called once when the server starts: looks at every host in turn, for as long as the process lives. */
export function startDriftChecks(): void {
  const state = jobs();
  const intervalMs = env().driftMinutes * 60_000;
  if (intervalMs === 0 || state.timer) return;
  const tickMs = Math.min(slowestTickMs, Math.max(fastestTickMs, intervalMs / 20));
  const tick = () => {
    void lookAtDueHosts().catch((error: unknown) =>
      log().error({ err: error }, 'due hosts could not be listed'),
    );
  };
  state.timer = setInterval(tick, tickMs);
  state.timer.unref();
  tick();
}

async function lookAtDueHosts(): Promise<void> {
  const due = await db().host.findMany({
    where: {
      archivedAt: null,
      AND: [
        { OR: [{ transport: 'local' }, { hostKeyFingerprint: { not: null } }] },
        { OR: [{ driftDueAt: null }, { driftDueAt: { lte: new Date() } }] },
      ],
      // What has never been checked has no web server to look at.
      targets: { some: {} },
    },
    select: { id: true, unreachableSince: true },
    orderBy: { driftDueAt: 'asc' },
  });
  const { away } = jobs();
  for (const { id, unreachableSince } of due) {
    if (unreachableSince !== null) away.add(id);
    void lookNow(id);
  }
}

/** Resolves when nobody is looking at a host. */
export async function driftChecksIdle(): Promise<void> {
  await Promise.all([jobs().queue.idle(), jobs().awayQueue.idle()]);
}

/** Ends all looks, and begins no others. */
export function stopDriftChecks(): void {
  const state = jobs();
  state.stopped = true;
  if (state.timer) clearInterval(state.timer);
  for (const { stop } of state.underWay.values()) stop.abort();
}
