import type { ProbeOutcome } from './probe-outcome';

/** What was known before the apply, to tell a fault of ours from one that was there (G7). */
export interface ProbeBaseline {
  /** Outcomes of the same checks before the apply. */
  readonly before: readonly ProbeOutcome[];
  /** Names of the sites that already ran at the same public address; for the others `before` means nothing. */
  readonly running: ReadonlySet<string>;
  /** Names of the sites whose upstream did not answer before the apply. */
  readonly silentUpstream: ReadonlySet<string>;
}

/** Checks that cannot pass while the upstream does not answer. The others concern the web server alone. */
const needUpstream: ReadonlySet<ProbeOutcome['kind']> = new Set([
  'page',
  'websocket',
  'event-stream',
  'forwarded-headers',
]);

/** What identifies a check: a site may have several of a kind. */
export function probeKey(outcome: ProbeOutcome): string {
  return `${outcome.site}\0${outcome.kind}\0${outcome.detail.path ?? ''}`;
}

/** A certificate that was trusted and no longer is, or that came with its chain and comes alone now, where it is meant to be trusted. */
function lostTrust(before: ProbeOutcome | undefined, after: ProbeOutcome): boolean {
  if (after.kind !== 'certificate' || after.detail.meant !== true || before?.status !== 'passed')
    return false;
  const alone = after.detail.chainLength === 1 && after.detail.selfSigned !== true;
  return (
    (before.detail.trusted === true && after.detail.trusted === false) ||
    (alone && after.detail.trusted === false && Number(before.detail.chainLength) > 1)
  );
}

/**
 * The failures that the apply is to blame for: they passed before, or nothing ran there before and the upstream was well.
 * Whatever was broken before is not a reason to undo anything.
 */
export function regressions(after: readonly ProbeOutcome[], baseline: ProbeBaseline): ProbeOutcome[] {
  const before = new Map(baseline.before.map((outcome) => [probeKey(outcome), outcome]));
  return after.filter((outcome) => {
    // A site that was reachable before and no longer is was cut off by this.
    const lost = outcome.status === 'skipped' && outcome.detail.unreachable === true;
    if (lost) return before.get(probeKey(outcome))?.status === 'passed';
    if (lostTrust(before.get(probeKey(outcome)), outcome)) return baseline.running.has(outcome.site);
    if (outcome.status !== 'failed') return false;
    if (baseline.running.has(outcome.site)) return before.get(probeKey(outcome))?.status === 'passed';
    return !(needUpstream.has(outcome.kind) && baseline.silentUpstream.has(outcome.site));
  });
}
