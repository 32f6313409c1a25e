import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import { type ProbeBaseline, regressions } from '#core/probe/probe-verdict';
import { readFacts } from '../../hosts/helper/host';
import type { Transport } from '../../hosts/ssh/transport';
import { write } from '../../platform/database/write';
import { checkUpstreams, silentUpstreamCode } from '../plans/check-upstreams';
import { runsAlready } from '../plans/runs-already';
import { probeTarget } from '../probes/probe-target';
import { applyChanged } from './apply-bus';
import type { TargetJob } from './target-job';

/** Outcomes that the review saw are good enough as "before" for this long. */
const freshMs = 120_000;
/** A web server needs a moment after a reload; a fault that lasts is seen at the last look. */
const looks = 3;
const pauseMs = 700;

/** What is known before the first write, kept as the "before" of the apply. */
export async function probeBefore(
  job: TargetJob,
  transport: Transport,
): Promise<{ readonly baseline: ProbeBaseline /** When it is on record. */; readonly kept: Promise<void> }> {
  const selected = job.sites.filter((site) => site.selected && site.document);
  const running = selected.filter(runsAlready);
  const fresh = Date.now() - job.plannedAt.getTime() < freshMs;
  // A locked-down key cannot try upstreams, so the host itself says what listens there; and what time it is there.
  const facts = fresh && transport.account !== 'enrolled' ? null : await readFacts(transport);
  const before =
    fresh || !facts
      ? job.plan.baselineProbes
      : await probeTarget({
          transport,
          address: job.host.address,
          sites: running,
          clockOffsetMs: facts.clockSkewSeconds * 1000,
        });
  const documents = selected.flatMap(({ document }) => (document ? [document] : []));
  const listeners = transport.account === 'enrolled' && facts ? facts.listeners : [];
  const silent = [
    ...(await checkUpstreams(transport, documents, new Map(), listeners)),
    ...job.plan.issues.filter((issue) => issue.code === silentUpstreamCode && issue.path.at(-1) === 'socket'),
  ];
  const kept = keep(job, 'before', before);
  // The caller that waits for it hears of a failure.
  kept.catch(() => undefined);
  const baseline = {
    before,
    running: new Set(running.map(({ name }) => name)),
    silentUpstream: new Set(silent.flatMap(({ site }) => (site ? [site] : []))),
  };
  return { baseline, kept };
}

/** The checks on the new state, and those failures among them that the apply is to blame for. */
export async function probeAfter(
  job: TargetJob,
  transport: Transport,
  baseline: ProbeBaseline,
  clockOffsetMs: number,
) {
  const sites = job.sites.filter((site) => site.selected && site.document);
  let after: ProbeOutcome[] = [];
  let broken: ProbeOutcome[] = [];
  for (let look = 1; look <= looks; look++) {
    after = await probeTarget({ transport, address: job.host.address, sites, clockOffsetMs });
    broken = regressions(after, baseline);
    if (broken.length === 0 || look === looks) break;
    await setTimeout(pauseMs);
  }
  await keep(job, 'after', after);
  return { after, broken };
}

async function keep(
  job: TargetJob,
  phase: 'before' | 'after',
  outcomes: readonly ProbeOutcome[],
): Promise<void> {
  const siteIds = new Map(job.sites.map((site) => [site.name, site.siteId]));
  // One look has one time: by it the outcomes of a look are told from those of another.
  const at = new Date();
  await write(async (tx) => {
    await tx.probeResult.createMany({
      data: outcomes.flatMap(({ site, ...outcome }) => {
        const siteId = siteIds.get(site);
        const row = { ...outcome, at, phase, targetId: job.targetId, applyTargetId: job.applyTargetId };
        return siteId ? [{ ...row, siteId, durationMs: Math.round(outcome.durationMs) }] : [];
      }),
    });
  });
  applyChanged(job.applyId);
}
