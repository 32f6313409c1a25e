import { contract } from '#api/contract/index';
import { unshareList } from '#server/lists/unshare-list';
import { route } from '#server/route';

export const DELETE = route(contract.lists.unshare, unshareList);
