import { contract } from '#api/contract/index';
import { removeFreeze } from '#server/policies/remove-freeze';
import { route } from '#server/route';

export const DELETE = route(contract.freezes.remove, removeFreeze);
