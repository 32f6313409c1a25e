import { contract } from '#api/contract/index';
import { beginFactor } from '#server/factors/begin-factor';
import { getFactors } from '#server/factors/get-factors';
import { route } from '#server/route';

export const GET = route(contract.factors.get, getFactors);
export const POST = route(contract.factors.begin, beginFactor);
