import 'server-only';
import type { ApplyStatus } from '#core/change/step';

/** The outcome is not known yet, or still to come. One such apply at a time per host. */
export const openStatuses = ['queued', 'running', 'holding', 'interrupted'] as const satisfies ApplyStatus[];

const open: readonly string[] = openStatuses;

/** Its state is final. */
export const isFinished = (status: string): boolean => !open.includes(status);

/**
 * What an apply is called, given what its targets came to. It is on trial only when no target is still at work, and has succeeded only
 * when all have.
 */
export function overallStatus(targets: readonly ApplyStatus[]): ApplyStatus {
  const has = (status: ApplyStatus) => targets.includes(status);
  if (has('interrupted')) return 'interrupted';
  if (has('running')) return 'running';
  if (has('queued')) return targets.every((status) => status === 'queued') ? 'queued' : 'running';
  if (has('holding')) return 'holding';
  if (has('failed')) return 'failed';
  if (has('rolled-back')) return 'rolled-back';
  return has('cancelled') ? 'cancelled' : 'succeeded';
}
