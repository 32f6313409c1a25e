import { contract } from '#api/contract/index';
import { createFreeze } from '#server/changes/policies/create-freeze';
import { route } from '#server/door/route';

export const POST = route(contract.freezes.create, createFreeze);
