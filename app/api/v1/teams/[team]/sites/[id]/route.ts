import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getSite } from '#server/sites/get-site';
import { removeSite } from '#server/sites/remove-site';
import { updateSite } from '#server/sites/update-site';

export const GET = route(contract.sites.get, getSite);
export const PUT = route(contract.sites.update, updateSite);
export const DELETE = route(contract.sites.remove, removeSite);
