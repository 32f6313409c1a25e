import { contract } from '#api/contract/index';
import { checkDrift } from '#server/drift/check-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.check, checkDrift);
