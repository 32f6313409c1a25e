import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { importSites } from '#server/transfer/import-sites';

export const POST = route(contract.sites.import, importSites);
