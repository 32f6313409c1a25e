import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { inBatches } from '../../platform/database/in-batches';
import { describeList } from './describe-list';
import { findList } from './find-list';
import { putOnList } from './put-on-list';

/** Puts sites on a list and takes others off, in one go. */
export const changeListSites: Handler<typeof contract.lists.changeSites> = ({ params, body, change }) =>
  change(async (tx) => {
    const { id, name } = await findList(tx, params.id);
    const added = await putOnList(tx, id, body.add);
    const taken = await inBatches(body.remove, async (ids) => [
      (await tx.listSite.deleteMany({ where: { listId: id, siteId: { in: ids } } })).count,
    ]);
    const removed = taken.reduce((sum, count) => sum + count, 0);
    return {
      value: describeList(await findList(tx, id)),
      audit: { subject: `list ${name}`, subjectId: id, detail: { added, removed } },
    };
  });
