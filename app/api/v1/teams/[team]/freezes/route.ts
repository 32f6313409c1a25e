import { contract } from '#api/contract/index';
import { createFreeze } from '#server/policies/create-freeze';
import { route } from '#server/route';

export const POST = route(contract.freezes.create, createFreeze);
