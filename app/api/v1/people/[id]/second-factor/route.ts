import { contract } from '#api/contract/index';
import { clearFactors } from '#server/factors/clear-factors';
import { route } from '#server/route';

export const DELETE = route(contract.factors.clear, clearFactors);
