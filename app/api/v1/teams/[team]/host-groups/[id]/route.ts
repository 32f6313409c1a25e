import { contract } from '#api/contract/index';
import { removeGroup } from '#server/changes/policies/remove-group';
import { updateGroup } from '#server/changes/policies/update-group';
import { route } from '#server/door/route';

export const PUT = route(contract.groups.update, updateGroup);
export const DELETE = route(contract.groups.remove, removeGroup);
