import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { ownComment } from './own-comment';

/** Takes back what one said; that something was said stays on the record. */
export const removeComment: Handler<typeof contract.comments.remove> = ({ params, actor, change }) =>
  change(async (tx) => {
    const { row, audit } = await ownComment(tx, params.id, actor.id);
    await tx.planComment.delete({ where: { id: row.id } });
    return { value: undefined, audit };
  });
