import { contract } from '#api/contract/index';
import { confirmFactor } from '#server/factors/confirm-factor';
import { route } from '#server/route';

export const POST = route(contract.factors.confirm, confirmFactor);
