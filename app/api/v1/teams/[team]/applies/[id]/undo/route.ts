import { contract } from '#api/contract/index';
import { undoApply } from '#server/changes/applies/undo-apply';
import { route } from '#server/door/route';

export const POST = route(contract.applies.undo, undoApply);
