import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getShared } from '#server/shared/get-shared';

export const GET = route(contract.shared.get, getShared);
