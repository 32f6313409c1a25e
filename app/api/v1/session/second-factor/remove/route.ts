import { contract } from '#api/contract/index';
import { removeFactor } from '#server/factors/remove-factor';
import { route } from '#server/route';

export const POST = route(contract.factors.remove, removeFactor);
