import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listShared } from '#server/sites/shared/list-shared';

export const GET = route(contract.shared.list, listShared);
