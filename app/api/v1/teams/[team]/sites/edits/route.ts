import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { editSites } from '#server/sites/edit-sites';

export const POST = route(contract.sites.edit, editSites);
