import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listProbes } from '#server/sites/list-probes';

export const GET = route(contract.sites.listProbes, listProbes);
