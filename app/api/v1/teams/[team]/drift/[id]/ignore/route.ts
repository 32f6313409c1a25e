import { contract } from '#api/contract/index';
import { ignoreDrift } from '#server/drift/decide-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.ignore, ignoreDrift);
