import { contract } from '#api/contract/index';
import { getDrift } from '#server/drift/get-drift';
import { route } from '#server/route';

export const GET = route(contract.drift.get, getDrift);
