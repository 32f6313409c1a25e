import { contract } from '#api/contract/index';
import { applyTakenPorts } from '#server/changes/applies/apply-taken-ports';
import { route } from '#server/door/route';

export const GET = route(contract.applies.takenPorts, applyTakenPorts);
