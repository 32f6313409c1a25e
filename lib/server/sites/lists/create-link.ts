import 'server-only';
import type { contract } from '#api/contract/index';
import { hashToken } from '../../door/api-token';
import type { Handler } from '../../door/route';
import { describeLink } from './describe-share';
import { findList } from './find-list';
import { linkPrefix, newLinkToken } from './link-token';

const dayMs = 86_400_000;

/** Makes a link that shows a list to anyone who has it. The token is answered this once; its hash is kept. */
export const createLink: Handler<typeof contract.lists.createLink> = ({ params, body, actor, change }) => {
  const token = newLinkToken();
  return change(async (tx) => {
    const list = await findList(tx, params.id);
    const row = await tx.listLink.create({
      data: {
        listId: list.id,
        tokenHash: hashToken(token),
        prefix: linkPrefix(token),
        createdById: actor.id,
        expiresAt: new Date(Date.now() + body.days * dayMs),
      },
    });
    return {
      value: { ...describeLink(row), token },
      audit: {
        subject: `link ${row.prefix}… to list ${list.name}`,
        subjectId: list.id,
        detail: { days: body.days },
      },
    };
  });
};
