import { contract } from '#api/contract/index';
import { listShares } from '#server/lists/list-shares';
import { shareList } from '#server/lists/share-list';
import { route } from '#server/route';

export const GET = route(contract.lists.listShares, listShares);
export const PUT = route(contract.lists.share, shareList);
