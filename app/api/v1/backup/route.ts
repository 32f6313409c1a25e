import { contract } from '#api/contract/index';
import { getBackup } from '#server/backup/get-backup';
import { route } from '#server/route';

export const GET = route(contract.backup.get, getBackup);
