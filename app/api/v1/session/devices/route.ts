import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listDevices } from '#server/identity/sessions/list-devices';

export const GET = route(contract.session.listDevices, listDevices);
