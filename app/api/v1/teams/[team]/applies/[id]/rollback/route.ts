import { contract } from '#api/contract/index';
import { rollbackApply } from '#server/changes/applies/rollback-apply';
import { route } from '#server/door/route';

export const POST = route(contract.applies.rollback, rollbackApply);
