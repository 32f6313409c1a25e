import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { removeFactor } from '#server/identity/factors/remove-factor';

export const POST = route(contract.factors.remove, removeFactor);
