import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createSite } from '#server/sites/create-site';
import { listSites } from '#server/sites/list-sites';

export const GET = route(contract.sites.list, listSites);
export const POST = route(contract.sites.create, createSite);
