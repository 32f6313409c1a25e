import 'server-only';
import type { SyncStatus } from '#api/contract/sites';

interface Placement {
  readonly appliedRevision: number | null;
  readonly removing: boolean;
}

/** Whether the head runs on one target. */
export const targetSync = ({ appliedRevision, removing }: Placement, head: number): SyncStatus =>
  !removing && appliedRevision === head ? 'in-sync' : 'out-of-sync';

/** Of all targets together; a site that is to run nowhere has nothing to be compared with. */
export function siteSync(placements: readonly Placement[], head: number): SyncStatus {
  if (placements.length === 0) return 'unknown';
  return placements.every((each) => targetSync(each, head) === 'in-sync') ? 'in-sync' : 'out-of-sync';
}
