import { contract } from '#api/contract/index';
import { adoptDrift } from '#server/changes/drift/adopt-drift';
import { route } from '#server/door/route';

export const POST = route(contract.drift.adopt, adoptDrift);
