import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getShared } from '#server/sites/shared/get-shared';

export const GET = route(contract.shared.get, getShared);
