import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { removeOldKey } from '#server/hosts/remove-old-key';

export const PUT = route(contract.hosts.removeOldKey, removeOldKey);
