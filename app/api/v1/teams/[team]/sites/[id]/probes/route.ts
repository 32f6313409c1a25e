import { contract } from '#api/contract/index';
import { probeSiteNow } from '#server/changes/probes/probe-site-now';
import { route } from '#server/door/route';
import { listProbes } from '#server/sites/list-probes';

export const GET = route(contract.sites.listProbes, listProbes);
export const POST = route(contract.sites.check, probeSiteNow);
