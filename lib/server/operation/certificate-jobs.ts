import 'server-only';
import { advanceCertificate } from '../certificates/advance-certificate';
import { aloneOnHost } from '../changes/applies/apply-jobs';
import { db } from '../platform/database/db';
import { log } from '../platform/log';
import { singleton } from '../platform/singleton';

/** Certificates on their way at once, and of them those of one CA. */
const atOnce = 16;
const perIssuer = 4;
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

/** Found by index, longest due first; an issuer that has its share of them waits. */
async function beginDue({ busy, underWay, stop }: CertificateJobs): Promise<void> {
  const due = await db().certificate.findMany({
    where: { nextAt: { lte: new Date() }, id: { notIn: [...busy.keys()] } },
    orderBy: { nextAt: 'asc' },
    take: atOnce * 4,
    select: { id: true, issuerId: true, stage: true, target: { select: { hostId: true } } },
  });
  for (const { id, issuerId, stage, target } of due) {
    if (busy.size >= atOnce || stop.signal.aborted) return;
    const issuer = issuerId ?? '';
    if ([...busy.values()].filter((other) => other === issuer).length >= perIssuer) continue;
    busy.set(id, issuer);
    const work = async () => {
      // What changes the host waits for applies there, and applies wait for it.
      if (stage === 'install' || stage === 'switch')
        await aloneOnHost(target.hostId, () => advanceAll(id, stop.signal));
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
