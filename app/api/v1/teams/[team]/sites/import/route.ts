import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { importSites } from '#server/sites/transfer/import-sites';

export const POST = route(contract.sites.import, importSites);
