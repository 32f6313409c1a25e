import { contract } from '#api/contract/index';
import { listDrift } from '#server/drift/list-drift';
import { route } from '#server/route';

export const GET = route(contract.drift.list, listDrift);
