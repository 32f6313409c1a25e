import { contract } from '#api/contract/index';
import { ignoreDrift } from '#server/changes/drift/decide-drift';
import { route } from '#server/door/route';

export const POST = route(contract.drift.ignore, ignoreDrift);
