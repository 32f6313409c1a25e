import { contract } from '#api/contract/index';
import { revertDrift } from '#server/changes/drift/revert-drift';
import { route } from '#server/door/route';

export const POST = route(contract.drift.revert, revertDrift);
