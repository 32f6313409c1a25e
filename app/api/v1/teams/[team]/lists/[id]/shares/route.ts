import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listShares } from '#server/sites/lists/list-shares';
import { shareList } from '#server/sites/lists/share-list';

export const GET = route(contract.lists.listShares, listShares);
export const PUT = route(contract.lists.share, shareList);
