import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeSharedList, sharedLists } from './find-shared-list';

/** What other teams share with this one. */
export const listShared: Handler<typeof contract.shared.list> = async ({ team }) => ({
  items: (await sharedLists(team.id)).map(describeSharedList),
});
