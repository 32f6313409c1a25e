import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getSharedSite } from '#server/sites/shared/get-shared-site';
import { updateSharedSite } from '#server/sites/shared/update-shared-site';

export const GET = route(contract.shared.getSite, getSharedSite);
export const PUT = route(contract.shared.updateSite, updateSharedSite);
