import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { confirmFactor } from '#server/identity/factors/confirm-factor';

export const POST = route(contract.factors.confirm, confirmFactor);
