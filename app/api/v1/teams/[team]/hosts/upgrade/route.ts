import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getUpgrade } from '#server/hosts/get-upgrade';

export const GET = route(contract.hosts.upgrade, getUpgrade);
