import { contract } from '#api/contract/index';
import { getApply } from '#server/changes/applies/get-apply';
import { route } from '#server/door/route';

export const GET = route(contract.applies.get, getApply);
