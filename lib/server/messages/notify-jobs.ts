import 'server-only';
import { db } from '../platform/database/db';
import { log } from '../platform/log';
import { singleton } from '../platform/singleton';
import { deliverMail } from './mail/deliver-mail';
import { forgetMessages } from './notify/record-try';
import { deliverWebhook } from './webhooks/deliver-webhook';

/** Slow receivers must not hold up the others. */
const webhooksAtOnce = 8;
/** A message that was just written, or whose time has come, leaves within this. */
const tickMs = 2_000;
const dayMs = 86_400_000;
const keptDays = 30;

interface NotifyJobs {
  readonly stop: AbortController;
  /** Webhooks that something is being sent to: one message at a time each. */
  readonly busy: Set<string>;
  readonly underWay: Set<Promise<void>>;
  timers: NodeJS.Timeout[];
  mailing: boolean;
  /** Whether the outbox is being looked through, and whether it has to be once more after that. */
  looking: boolean;
  again: boolean;
}

const jobs = () =>
  singleton(
    'jobs.notify',
    (): NotifyJobs => ({
      stop: new AbortController(),
      busy: new Set(),
      underWay: new Set(),
      timers: [],
      mailing: false,
      looking: false,
      again: false,
    }),
  );

/** Takes a look at the outbox soon, for somebody who waits. Does nothing before the start. */
export function deliverSoon(): void {
  if (jobs().timers.length > 0) setTimeout(lookThroughOutbox, 50).unref();
}

/** To be called once when the server starts: sends what waits, now and for as long as the process lives, and forgets what is old. */
export function startNotifications(): void {
  const state = jobs();
  if (state.timers.length > 0) return;
  const daily = () => {
    track(
      (async () => {
        await forgetMessages(new Date(Date.now() - keptDays * dayMs));
      })(),
    );
  };
  state.timers = [setInterval(lookThroughOutbox, tickMs), setInterval(daily, dayMs)];
  for (const timer of state.timers) timer.unref();
  lookThroughOutbox();
  daily();
}

/** Sends all that is due. Resolves when nothing is due or under way. */
export async function deliverAll(): Promise<void> {
  const { underWay } = jobs();
  lookThroughOutbox();
  while (underWay.size > 0) await Promise.all(underWay);
}

/** Ends what is under way; a message that was cut off is sent again at the next start. */
export async function stopNotifications(): Promise<void> {
  const { stop, timers, underWay } = jobs();
  stop.abort();
  for (const timer of timers) clearInterval(timer);
  while (underWay.size > 0) await Promise.all(underWay);
}

function track(work: Promise<void>): void {
  const { underWay } = jobs();
  const done = work
    .catch((error: unknown) => log().error({ err: error }, 'notifications stopped unexpectedly'))
    .finally(() => underWay.delete(done));
  underWay.add(done);
}

function lookThroughOutbox(): void {
  const state = jobs();
  if (state.stop.signal.aborted) return;
  if (state.looking) {
    state.again = true;
    return;
  }
  state.looking = true;
  const look = async () => {
    try {
      do {
        state.again = false;
        await beginDeliveries(state);
        await beginMail(state);
      } while (state.again && !state.stop.signal.aborted);
    } finally {
      state.looking = false;
    }
  };
  track(look());
}

async function beginDeliveries({ busy, stop }: NotifyJobs): Promise<void> {
  while (busy.size < webhooksAtOnce && !stop.signal.aborted) {
    const due = await db().webhookDelivery.findFirst({
      where: {
        status: 'waiting',
        nextAt: { lte: new Date() },
        webhook: { disabledAt: null },
        webhookId: { notIn: [...busy] },
      },
      orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
      select: { id: true, webhookId: true },
    });
    if (!due) return;
    busy.add(due.webhookId);
    const deliver = async () => {
      try {
        await deliverWebhook(due.id, { signal: stop.signal });
      } finally {
        busy.delete(due.webhookId);
      }
      lookThroughOutbox();
    };
    track(deliver());
  }
}

async function beginMail(state: NotifyJobs): Promise<void> {
  if (state.mailing) return;
  const due = await db().mail.findFirst({
    where: { status: 'waiting', nextAt: { lte: new Date() } },
    orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  if (!due) return;
  state.mailing = true;
  const deliver = async () => {
    try {
      await deliverMail(due.id, state.stop.signal);
    } finally {
      state.mailing = false;
    }
    lookThroughOutbox();
  };
  track(deliver());
}
