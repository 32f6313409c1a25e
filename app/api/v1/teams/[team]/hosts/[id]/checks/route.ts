import { contract } from '#api/contract/index';
import { checkHost } from '#server/hosts/check-host';
import { route } from '#server/route';

export const POST = route(contract.hosts.check, checkHost);
