import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listDevices } from '#server/sessions/list-devices';

export const GET = route(contract.session.listDevices, listDevices);
