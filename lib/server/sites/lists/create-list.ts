import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertListNameFree } from './assert-list-name-free';
import { describeList } from './describe-list';
import { findList } from './find-list';
import { putOnList } from './put-on-list';

export const createList: Handler<typeof contract.lists.create> = ({ body, team, change }) =>
  change(async (tx) => {
    const { name, description, siteIds } = body;
    await assertListNameFree(tx, name, null);
    const { id } = await tx.list.create({ data: { teamId: team.id, name, description } });
    const sites = await putOnList(tx, id, siteIds);
    return {
      value: describeList(await findList(tx, id)),
      audit: { subject: `list ${name}`, subjectId: id, detail: { sites } },
    };
  });
