import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { tokenInclude } from './describe-token';

/** Ends a token at once: one of the person's own, or for those who manage members anybody's. */
export const revokeToken: Handler<typeof contract.tokens.revoke> = ({ actor, params, may, change }) =>
  change(async (tx) => {
    const whose = may('members.manage') ? {} : { userId: actor.id };
    const row = await tx.apiToken.findFirst({
      where: { id: params.id, revokedAt: null, ...whose },
      include: tokenInclude,
    });
    if (!row) throw notFound('token');
    await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt: new Date() } });
    return {
      value: undefined,
      audit: { subject: `token ${row.name}`, subjectId: row.id, detail: { owner: row.user.email } },
    };
  });
