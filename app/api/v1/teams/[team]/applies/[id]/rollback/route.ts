import { contract } from '#api/contract/index';
import { rollbackApply } from '#server/applies/rollback-apply';
import { route } from '#server/route';

export const POST = route(contract.applies.rollback, rollbackApply);
