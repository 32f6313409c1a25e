import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listRevisions } from '#server/sites/list-revisions';

export const GET = route(contract.sites.listRevisions, listRevisions);
