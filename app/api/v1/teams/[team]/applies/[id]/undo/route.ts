import { contract } from '#api/contract/index';
import { undoApply } from '#server/applies/undo-apply';
import { route } from '#server/route';

export const POST = route(contract.applies.undo, undoApply);
