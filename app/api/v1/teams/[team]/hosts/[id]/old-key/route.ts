import { contract } from '#api/contract/index';
import { removeOldKey } from '#server/hosts/remove-old-key';
import { route } from '#server/route';

export const PUT = route(contract.hosts.removeOldKey, removeOldKey);
