import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { revokeDevice } from '#server/sessions/revoke-device';

export const DELETE = route(contract.session.revokeDevice, revokeDevice);
