import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { renewCodes } from '#server/identity/factors/renew-codes';

export const POST = route(contract.factors.renewCodes, renewCodes);
