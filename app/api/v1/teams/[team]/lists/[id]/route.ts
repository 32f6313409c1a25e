import { contract } from '#api/contract/index';
import { getList } from '#server/lists/get-list';
import { removeList } from '#server/lists/remove-list';
import { updateList } from '#server/lists/update-list';
import { route } from '#server/route';

export const GET = route(contract.lists.get, getList);
export const PATCH = route(contract.lists.update, updateList);
export const DELETE = route(contract.lists.remove, removeList);
