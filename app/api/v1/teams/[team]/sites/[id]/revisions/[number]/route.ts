import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getRevision } from '#server/sites/get-revision';

export const GET = route(contract.sites.getRevision, getRevision);
