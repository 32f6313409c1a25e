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

/**
 * The failures that the apply is to blame for: they passed before, or nothing ran there before and the upstream was well.
 * Whatever was broken before is not a reason to undo anything.
 */
export function regressions(after: readonly ProbeOutcome[], baseline: ProbeBaseline): ProbeOutcome[] {
  const before = new Map(baseline.before.map((outcome) => [probeKey(outcome), outcome]));
  return after.filter((outcome) => {
    // A site that was to be reached before and is not any more was cut off by this.
    const lost = outcome.status === 'skipped' && outcome.detail.unreachable === true;
    if (lost) return before.get(probeKey(outcome))?.status === 'passed';
    if (outcome.status !== 'failed') return false;
    if (baseline.running.has(outcome.site)) return before.get(probeKey(outcome))?.status === 'passed';
    return !(needUpstream.has(outcome.kind) && baseline.silentUpstream.has(outcome.site));
  });
}
