import { contract } from '#api/contract/index';
import { createGroup } from '#server/changes/policies/create-group';
import { route } from '#server/door/route';

export const POST = route(contract.groups.create, createGroup);
