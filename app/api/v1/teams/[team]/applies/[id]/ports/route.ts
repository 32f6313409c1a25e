import { contract } from '#api/contract/index';
import { applyTakenPorts } from '#server/applies/apply-taken-ports';
import { route } from '#server/route';

export const GET = route(contract.applies.takenPorts, applyTakenPorts);
