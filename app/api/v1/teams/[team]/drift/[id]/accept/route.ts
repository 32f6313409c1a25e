import { contract } from '#api/contract/index';
import { acceptDrift } from '#server/drift/decide-drift';
import { route } from '#server/route';

export const POST = route(contract.drift.accept, acceptDrift);
