import { contract } from '#api/contract/index';
import { getApply } from '#server/applies/get-apply';
import { route } from '#server/route';

export const GET = route(contract.applies.get, getApply);
