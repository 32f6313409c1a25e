import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { unshareList } from '#server/sites/lists/unshare-list';

export const DELETE = route(contract.lists.unshare, unshareList);
