import { contract } from '#api/contract/index';
import { adoptDrift } from '#server/drift/adopt-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.adopt, adoptDrift);
