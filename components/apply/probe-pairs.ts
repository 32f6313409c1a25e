import type { Apply } from '#api/contract/applies';
import type { ProbeKind } from '#core/probe/probe-outcome';

type Probe = Apply['targets'][number]['probes'][number];

export interface ProbePair {
  readonly site: string;
  readonly kind: ProbeKind;
  readonly before: Probe | null;
  readonly after: Probe | null;
  /** `fixed` and `broken` compare with before; a fault that was there before is `still-failing` and never our doing. */
  readonly verdict: 'passes' | 'fixed' | 'broken' | 'still-failing' | 'failing' | 'waiting' | 'skipped';
}

export const probeTitles = {
  redirect: 'Redirect to https',
  certificate: 'Certificate',
  page: 'Page',
  websocket: 'WebSocket',
  'event-stream': 'Event stream',
  'forwarded-headers': 'Forwarded headers',
  'unknown-host': 'Unknown host name',
} as const satisfies Record<ProbeKind, string>;

/** Each probe of each site once, with what it saw before and after. */
export function pairProbes(probes: readonly Probe[]): ProbePair[] {
  const pairs = new Map<
    string,
    { site: string; kind: ProbeKind; before: Probe | null; after: Probe | null }
  >();
  for (const probe of probes) {
    const key = `${probe.site}\n${probe.kind}`;
    const pair = pairs.get(key) ?? { site: probe.site, kind: probe.kind, before: null, after: null };
    pair[probe.phase] = probe;
    pairs.set(key, pair);
  }
  return [...pairs.values()].map((pair) => ({ ...pair, verdict: compare(pair.before, pair.after) }));
}

function compare(before: Probe | null, after: Probe | null): ProbePair['verdict'] {
  if (!after) return 'waiting';
  if (after.status === 'skipped') return 'skipped';
  if (after.status === 'passed') return before?.status === 'failed' ? 'fixed' : 'passes';
  if (before?.status === 'passed') return 'broken';
  return before?.status === 'failed' ? 'still-failing' : 'failing';
}
