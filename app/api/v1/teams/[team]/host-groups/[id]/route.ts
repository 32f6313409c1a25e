import { contract } from '#api/contract/index';
import { removeGroup } from '#server/policies/remove-group';
import { updateGroup } from '#server/policies/update-group';
import { route } from '#server/route';

export const PUT = route(contract.groups.update, updateGroup);
export const DELETE = route(contract.groups.remove, removeGroup);
