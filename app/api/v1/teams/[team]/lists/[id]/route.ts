import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getList } from '#server/sites/lists/get-list';
import { removeList } from '#server/sites/lists/remove-list';
import { updateList } from '#server/sites/lists/update-list';

export const GET = route(contract.lists.get, getList);
export const PATCH = route(contract.lists.update, updateList);
export const DELETE = route(contract.lists.remove, removeList);
