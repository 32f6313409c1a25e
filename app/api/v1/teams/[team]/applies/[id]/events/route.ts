import { contract } from '#api/contract/index';
import { followApply } from '#server/changes/applies/follow-apply';
import { route } from '#server/door/route';

export const GET = route(contract.applies.events, followApply);
