import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { liftHold } from '#server/sites/lift-hold';

export const DELETE = route(contract.sites.liftHold, liftHold);
