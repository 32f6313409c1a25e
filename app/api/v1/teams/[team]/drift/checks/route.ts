import { contract } from '#api/contract/index';
import { checkDrift } from '#server/changes/drift/check-drift';
import { route } from '#server/door/route';

export const POST = route(contract.drift.check, checkDrift);
