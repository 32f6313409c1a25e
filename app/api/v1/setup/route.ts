import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getSetupStatus } from '#server/identity/setup/get-setup-status';
import { setUp } from '#server/identity/setup/set-up';

export const GET = route(contract.session.setupStatus, getSetupStatus);
export const POST = route(contract.session.setup, setUp);
