import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getSetupStatus } from '#server/setup/get-setup-status';
import { setUp } from '#server/setup/set-up';

export const GET = route(contract.session.setupStatus, getSetupStatus);
export const POST = route(contract.session.setup, setUp);
