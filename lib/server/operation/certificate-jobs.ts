import 'server-only';
import { advanceCertificate } from '../certificates/advance-certificate';
import { aloneOnHost } from '../changes/applies/apply-jobs';
import { db } from '../platform/database/db';
import { log } from '../platform/log';
import { singleton } from '../platform/singleton';

/** Certificates on their way at once, and of them those of one CA. */
const atOnce = 16;
const perIssuer = 4;
/** Stands for the issuer of certificates that have none. */
const noIssuer = '';
const tickMs = 1_000;

interface CertificateJobs {
  readonly stop: AbortController;
  /** Certificates that this process works on, with their issuer. */
  readonly busy: Map<string, string>;
  readonly underWay: Set<Promise<void>>;
  timer: NodeJS.Timeout | null;
  looking: boolean;
}

const jobs = () =>
  singleton(
    'jobs.certificates',
    (): CertificateJobs => ({
      stop: new AbortController(),
      busy: new Map(),
      underWay: new Set(),
      timer: null,
      looking: false,
    }),
  );

/** To be called once when the server starts: obtains and renews what is due, for as long as the process lives. */
export function startCertificates(): void {
  const state = jobs();
  if (state.timer || state.stop.signal.aborted) return;
  state.timer = setInterval(() => void look(), tickMs);
  state.timer.unref();
  void look();
}

/** Ends what is under way; the next start takes it up. */
export async function stopCertificates(): Promise<void> {
  const { stop, timer, underWay } = jobs();
  stop.abort();
  if (timer) clearInterval(timer);
  while (underWay.size > 0) await Promise.all(underWay);
}

async function look(): Promise<void> {
  const state = jobs();
  if (state.looking || state.stop.signal.aborted) return;
  state.looking = true;
  try {
    await beginDue(state);
  } catch (error) {
    log().error({ err: error }, 'due certificates could not be listed');
  } finally {
    state.looking = false;
  }
}

interface Due {
  readonly id: string;
  readonly issuerId: string | null;
  readonly stage: string;
  readonly hostId: string;
}

/**
 * Those that may begin now, longest due first. Issuers that have their share are left out of the question, not of its answer: the backlog of
 * one CA would otherwise fill it, and keep every other CA waiting.
 */
export async function dueCertificates(busy: ReadonlyMap<string, string>, now: Date): Promise<Due[]> {
  const shares = new Map<string, number>();
  for (const issuer of busy.values()) shares.set(issuer, (shares.get(issuer) ?? 0) + 1);
  const due: Due[] = [];
  for (;;) {
    const places = atOnce - busy.size - due.length;
    if (places <= 0) return due;
    const full = [...shares].filter(([, count]) => count >= perIssuer).map(([issuer]) => issuer);
    const rows = await db().certificate.findMany({
      where: {
        nextAt: { lte: now },
        id: { notIn: [...busy.keys(), ...due.map(({ id }) => id)] },
        // SQL leaves a row without an issuer out of any NOT IN.
        OR: [{ issuerId: { notIn: full } }, ...(full.includes(noIssuer) ? [] : [{ issuerId: null }])],
      },
      orderBy: { nextAt: 'asc' },
      take: places,
      select: { id: true, issuerId: true, stage: true, target: { select: { hostId: true } } },
    });
    for (const { target, ...row } of rows) {
      const share = shares.get(row.issuerId ?? noIssuer) ?? 0;
      if (share >= perIssuer) continue;
      shares.set(row.issuerId ?? noIssuer, share + 1);
      due.push({ ...row, hostId: target.hostId });
    }
    if (rows.length < places) return due;
  }
}

async function beginDue({ busy, underWay, stop }: CertificateJobs): Promise<void> {
  for (const { id, issuerId, stage, hostId } of await dueCertificates(busy, new Date())) {
    if (stop.signal.aborted) return;
    busy.set(id, issuerId ?? noIssuer);
    const work = async () => {
      // What changes the host waits for applies there, and applies wait for it.
      if (stage === 'install' || stage === 'switch')
        await aloneOnHost(hostId, () => advanceAll(id, stop.signal));
      else await advanceCertificate(id, stop.signal);
    };
    const done = work()
      .catch((error: unknown) =>
        log().error({ err: error, certificateId: id }, 'a certificate stopped unexpectedly'),
      )
      .finally(() => {
        busy.delete(id);
        underWay.delete(done);
        if (!stop.signal.aborted) setTimeout(() => void look(), 20).unref();
      });
    underWay.add(done);
  }
}

async function advanceAll(id: string, signal: AbortSignal): Promise<void> {
  while (await advanceCertificate(id, signal));
}
