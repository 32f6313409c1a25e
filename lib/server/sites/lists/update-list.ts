import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertListNameFree } from './assert-list-name-free';
import { describeList, listInclude } from './describe-list';
import { findList } from './find-list';

export const updateList: Handler<typeof contract.lists.update> = ({ params, body, change }) =>
  change(async (tx) => {
    const { id, name: before } = await findList(tx, params.id);
    const { name, description } = body;
    if (name !== undefined) await assertListNameFree(tx, name, id);
    const data = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
    const row = await tx.list.update({ where: { id }, data, include: listInclude });
    return {
      value: describeList(row),
      audit: {
        subject: `list ${row.name}`,
        subjectId: id,
        ...(row.name === before ? {} : { detail: { nameBefore: before } }),
      },
    };
  });
