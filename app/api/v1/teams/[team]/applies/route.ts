import { contract } from '#api/contract/index';
import { createApply } from '#server/applies/create-apply';
import { listApplies } from '#server/applies/list-applies';
import { route } from '#server/route';

export const GET = route(contract.applies.list, listApplies);
export const POST = route(contract.applies.create, createApply);
