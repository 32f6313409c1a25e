import 'server-only';
import { notify } from '../../messages/notify/notify';
import type { WriteDb } from '../../platform/database/db';

interface Told {
  readonly teamId: string;
  readonly lowers: readonly string[];
  readonly dueAt: Date | null;
}

/** Tells every admin of the team by e-mail, and its webhooks, in the transaction of the step. */
export const tellOfLowering = (
  tx: WriteDb,
  state: 'asked' | 'done' | 'cancelled' | 'failed',
  { teamId, lowers, dueAt }: Told,
  by: string | null,
): Promise<void> =>
  notify(tx, {
    teamId,
    siteIds: [],
    event: {
      name: 'control.lowering',
      state,
      lowers: [...lowers],
      by,
      dueAt: dueAt?.toISOString() ?? null,
      sites: [],
    },
  });
