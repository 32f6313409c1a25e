import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listHelpers } from '#server/hosts/list-helpers';

export const GET = route(contract.hosts.helpers, listHelpers);
