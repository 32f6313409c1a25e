import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { env } from '../../platform/env';
import { backupDueDays, daysSince, lastBackup } from './last-backup';

/** When the last backup was made, and whether a new one is due. */
export const getBackup: Handler<typeof contract.backup.get> = () => {
  const { dataDir, secretKeyFile } = env();
  const last = lastBackup(dataDir);
  return {
    last,
    dueDays: backupDueDays,
    due: last === null || daysSince(last, new Date()) > backupDueDays,
    dataDir,
    secretKeyFile,
  };
};
