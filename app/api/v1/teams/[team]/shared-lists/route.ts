import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listShared } from '#server/shared/list-shared';

export const GET = route(contract.shared.list, listShared);
