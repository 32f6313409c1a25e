import 'server-only';
import type { Change } from '#core/change/change';
import type { HostChange } from '#core/host/protocol';

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
