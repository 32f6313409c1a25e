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
  if (appliedRevision === null && !removing) return 'new';
  return !removing && appliedRevision === head ? 'in-sync' : 'out-of-sync';
}

/** Of all targets together, the worst; new only where it runs nowhere yet. A site without hosts has nothing to be compared with. */
export function siteSync(placements: readonly Placement[], head: number): SyncStatus {
  if (placements.length === 0) return 'unknown';
  const all = placements.map((each) => targetSync(each, head));
  if (all.includes('drifted')) return 'drifted';
  if (all.every((sync) => sync === 'new')) return 'new';
  return all.every((sync) => sync === 'in-sync') ? 'in-sync' : 'out-of-sync';
}
