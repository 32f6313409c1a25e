import { contract } from '#api/contract/index';
import { revertDrift } from '#server/drift/revert-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.revert, revertDrift);
