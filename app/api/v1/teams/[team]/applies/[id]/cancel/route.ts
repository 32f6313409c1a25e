import { contract } from '#api/contract/index';
import { cancelApply } from '#server/changes/applies/cancel-apply';
import { route } from '#server/door/route';

export const POST = route(contract.applies.cancel, cancelApply);
