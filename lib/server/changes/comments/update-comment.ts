import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { commentInclude, describeComment } from './describe-comment';
import { ownComment } from './own-comment';

/** Changes what one said; everybody sees that it was edited. */
export const updateComment: Handler<typeof contract.comments.update> = ({ params, body, actor, change }) =>
  change(async (tx) => {
    const { row, audit } = await ownComment(tx, params.id, actor.id);
    const edited = await tx.planComment.update({
      where: { id: row.id },
      data: { body: body.body, editedAt: new Date() },
      include: commentInclude,
    });
    return { value: describeComment(edited), audit };
  });
