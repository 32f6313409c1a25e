import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { clearFactors } from '#server/identity/factors/clear-factors';

export const DELETE = route(contract.factors.clear, clearFactors);
