import { contract } from '#api/contract/index';
import { confirmApply } from '#server/applies/confirm-apply';
import { route } from '#server/route';

export const POST = route(contract.applies.confirm, confirmApply);
