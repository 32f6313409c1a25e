import 'server-only';
import type { HostChange } from '#core/host/protocol';
import type { Change } from '#core/plan/change';

/** The part of the changes that the host needs; `noop` ones are only compared there. */
export function hostChanges(changes: readonly Change[]): HostChange[] {
  return changes.map(({ path, action, before, after, role, handOver }) => ({
    path,
    action,
    before,
    after,
    role,
    ...(handOver ? { handOver } : {}),
  }));
}
