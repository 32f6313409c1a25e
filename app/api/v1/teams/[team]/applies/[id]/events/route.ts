import { contract } from '#api/contract/index';
import { followApply } from '#server/applies/follow-apply';
import { route } from '#server/route';

export const GET = route(contract.applies.events, followApply);
