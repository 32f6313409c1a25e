import { contract } from '#api/contract/index';
import { confirmApply } from '#server/changes/applies/confirm-apply';
import { route } from '#server/door/route';

export const POST = route(contract.applies.confirm, confirmApply);
