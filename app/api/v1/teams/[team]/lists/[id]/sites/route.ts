import { contract } from '#api/contract/index';
import { changeListSites } from '#server/lists/change-list-sites';
import { route } from '#server/route';

export const POST = route(contract.lists.changeSites, changeListSites);
