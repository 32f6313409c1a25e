import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getBackup } from '#server/operation/backup/get-backup';

export const GET = route(contract.backup.get, getBackup);
