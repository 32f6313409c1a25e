import { contract } from '#api/contract/index';
import { createApply } from '#server/changes/applies/create-apply';
import { listApplies } from '#server/changes/applies/list-applies';
import { route } from '#server/door/route';

export const GET = route(contract.applies.list, listApplies);
export const POST = route(contract.applies.create, createApply);
