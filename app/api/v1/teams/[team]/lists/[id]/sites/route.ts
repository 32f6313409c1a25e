import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { changeListSites } from '#server/sites/lists/change-list-sites';

export const POST = route(contract.lists.changeSites, changeListSites);
