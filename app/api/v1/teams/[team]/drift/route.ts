import { contract } from '#api/contract/index';
import { listDrift } from '#server/changes/drift/list-drift';
import { route } from '#server/door/route';

export const GET = route(contract.drift.list, listDrift);
