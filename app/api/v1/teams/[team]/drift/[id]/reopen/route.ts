import { contract } from '#api/contract/index';
import { reopenDrift } from '#server/drift/decide-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.reopen, reopenDrift);
