import { contract } from '#api/contract/index';
import { renewCodes } from '#server/factors/renew-codes';
import { route } from '#server/route';

export const POST = route(contract.factors.renewCodes, renewCodes);
