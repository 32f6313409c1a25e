import { contract } from '#api/contract/index';
import { removeFreeze } from '#server/changes/policies/remove-freeze';
import { route } from '#server/door/route';

export const DELETE = route(contract.freezes.remove, removeFreeze);
