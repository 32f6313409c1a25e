import { contract } from '#api/contract/index';
import { getPlan } from '#server/changes/plans/get-plan';
import { route } from '#server/door/route';

export const GET = route(contract.plans.get, getPlan);
