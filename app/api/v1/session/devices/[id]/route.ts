import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { revokeDevice } from '#server/identity/sessions/revoke-device';

export const DELETE = route(contract.session.revokeDevice, revokeDevice);
