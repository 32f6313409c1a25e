import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { checkHost } from '#server/hosts/check-host';

export const POST = route(contract.hosts.check, checkHost);
