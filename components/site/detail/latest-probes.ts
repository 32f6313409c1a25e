import type { contract } from '#api/contract/index';
import type { ResponseOf } from '#api/operation';

export type SiteProbe = ResponseOf<typeof contract.sites.listProbes>['items'][number];

/** The newest outcome of each check on each target, in the order of the checks; what was seen before an apply counts only where nothing came after. */
export function latestProbes(probes: readonly SiteProbe[]): SiteProbe[] {
  const latest = new Map<string, SiteProbe>();
  for (const probe of probes) {
    const key = `${probe.kind} ${probe.targetId} ${probe.detail.path ?? ''}`;
    const known = latest.get(key);
    if (!known || rank(probe) > rank(known)) latest.set(key, probe);
  }
  return [...latest.values()];
}

function rank({ at, phase }: SiteProbe): string {
  return `${at} ${phase === 'before' ? 0 : 1}`;
}
