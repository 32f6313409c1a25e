import { contract } from '#api/contract/index';
import { createGroup } from '#server/policies/create-group';
import { route } from '#server/route';

export const POST = route(contract.groups.create, createGroup);
