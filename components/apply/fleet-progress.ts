import type { Apply } from '#api/contract/applies';

export interface FleetProgress {
  readonly total: number;
  readonly done: number;
  readonly running: number;
  readonly waiting: number;
  /** `2 of 4 done, 1 at work, 1 waiting` */
  readonly text: string;
}

/** How far an apply over several targets is; on trial counts as at work. */
export function fleetProgress(targets: readonly Pick<Apply['targets'][number], 'status'>[]): FleetProgress {
  const count = (...statuses: string[]) => targets.filter(({ status }) => statuses.includes(status)).length;
  const total = targets.length;
  const waiting = count('queued');
  const running = count('running', 'holding', 'interrupted');
  const done = count('succeeded');
  const rest = [
    [running, 'at work'],
    [waiting, 'waiting'],
    [count('failed'), 'failed'],
    [count('rolled-back'), 'rolled back'],
    [count('cancelled'), 'cancelled'],
  ] as const;
  const parts = rest.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : []));
  return { total, done, running, waiting, text: [`${done} of ${total} done`, ...parts].join(', ') };
}
