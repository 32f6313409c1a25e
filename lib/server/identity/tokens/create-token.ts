import 'server-only';
import type { contract } from '#api/contract/index';
import { readingPreset, scopesFor } from '#core/access/scope-presets';
import type { Handler } from '../../door/route';
import { assertOwnScopes } from './assert-own-scopes';
import { describeToken } from './describe-token';
import { insertToken } from './insert-token';
import { tokenEnd } from './token-end';

/** Makes a token of the person in this team. The answer is the only place where it is ever shown. */
export const createToken: Handler<typeof contract.tokens.create> = ({ actor, team, role, body, change }) => {
  const expiresAt = tokenEnd(body.expiresAt, new Date());
  const scopes = body.scopes === undefined ? scopesFor(readingPreset, role) : body.scopes;
  assertOwnScopes(role, scopes);
  return change(async (tx) => {
    const { row, token } = await insertToken(tx, {
      teamId: team.id,
      userId: actor.id,
      name: body.name,
      scopes,
      expiresAt,
    });
    return {
      value: { ...describeToken(row), token },
      audit: {
        subject: `token ${row.name}`,
        subjectId: row.id,
        detail: { scopes: scopes && [...scopes], expiresAt: expiresAt?.toISOString() ?? null },
      },
    };
  });
};
