import 'server-only';
import type { ActivityRecord } from '#core/activity/canonical-record';
import type { Activity } from '../../generated/prisma/client';

/** A row as the chain sees it. */
export const storedRecord = ({ hash: _, at, ...row }: Activity): ActivityRecord => ({
  ...row,
  at: at.toISOString(),
});
