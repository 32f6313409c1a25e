import 'server-only';
import type { contract } from '#api/contract/index';
import { notFound } from '../errors/app-error';
import type { Handler } from '../route';

/** Ends one of the person's own tokens at once. */
export const revokeToken: Handler<typeof contract.tokens.revoke> = ({ actor, params, change }) =>
  change(async (tx) => {
    const row = await tx.apiToken.findFirst({ where: { id: params.id, userId: actor.id, revokedAt: null } });
    if (!row) throw notFound('token');
    await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt: new Date() } });
    return { value: undefined, audit: { subject: `token ${row.name}`, subjectId: row.id } };
  });
