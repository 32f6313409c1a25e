import { contract } from '#api/contract/index';
import { cancelApply } from '#server/applies/cancel-apply';
import { route } from '#server/route';

export const POST = route(contract.applies.cancel, cancelApply);
