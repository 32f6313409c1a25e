import 'server-only';
import type { SyncStatus } from '#api/contract/sites';

interface Placement {
  readonly appliedRevision: number | null;
  readonly removing: boolean;
  /** A file of the site there was changed by hand, and nobody has decided about it. */
  readonly drifted: boolean;
}

/** Whether the head runs on one target, untouched. */
export function targetSync({ appliedRevision, removing, drifted }: Placement, head: number): SyncStatus {
  if (drifted) return 'drifted';
  return !removing && appliedRevision === head ? 'in-sync' : 'out-of-sync';
}

/** Of all targets together, the worst; a site that is to run nowhere has nothing to be compared with. */
export function siteSync(placements: readonly Placement[], head: number): SyncStatus {
  if (placements.length === 0) return 'unknown';
  const all = placements.map((each) => targetSync(each, head));
  if (all.includes('drifted')) return 'drifted';
  return all.includes('out-of-sync') ? 'out-of-sync' : 'in-sync';
}
