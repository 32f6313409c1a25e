import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { beginFactor } from '#server/identity/factors/begin-factor';
import { getFactors } from '#server/identity/factors/get-factors';

export const GET = route(contract.factors.get, getFactors);
export const POST = route(contract.factors.begin, beginFactor);
