import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../route';
import { assertOwnScopes } from './assert-own-scopes';
import { describeToken } from './describe-token';
import { insertToken } from './insert-token';
import { tokenEnd } from './token-end';

/** Makes a token of the person in this team. The answer is the only place where it is ever shown. */
export const createToken: Handler<typeof contract.tokens.create> = ({ actor, team, role, body, change }) => {
  const expiresAt = tokenEnd(body.expiresAt, new Date());
  assertOwnScopes(role, body.scopes);
  return change(async (tx) => {
    const { row, token } = await insertToken(tx, {
      teamId: team.id,
      userId: actor.id,
      name: body.name,
      scopes: body.scopes,
      expiresAt,
    });
    return {
      value: { ...describeToken(row), token },
      audit: {
        subject: `token ${row.name}`,
        subjectId: row.id,
        detail: { scopes: body.scopes, expiresAt: expiresAt?.toISOString() ?? null },
      },
    };
  });
};
