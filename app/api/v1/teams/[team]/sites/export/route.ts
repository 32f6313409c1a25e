import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { exportSites } from '#server/transfer/export-sites';

export const GET = route(contract.sites.export, exportSites);
