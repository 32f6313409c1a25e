import { contract } from '#api/contract/index';
import { getDrift } from '#server/changes/drift/get-drift';
import { route } from '#server/door/route';

export const GET = route(contract.drift.get, getDrift);
