import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { exportSites } from '#server/sites/transfer/export-sites';

export const GET = route(contract.sites.export, exportSites);
