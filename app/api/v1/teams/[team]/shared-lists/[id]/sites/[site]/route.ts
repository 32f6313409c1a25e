import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getSharedSite } from '#server/shared/get-shared-site';
import { updateSharedSite } from '#server/shared/update-shared-site';

export const GET = route(contract.shared.getSite, getSharedSite);
export const PUT = route(contract.shared.updateSite, updateSharedSite);
