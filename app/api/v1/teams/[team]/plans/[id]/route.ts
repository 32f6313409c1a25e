import { contract } from '#api/contract/index';
import { getPlan } from '#server/plans/get-plan';
import { route } from '#server/route';

export const GET = route(contract.plans.get, getPlan);
