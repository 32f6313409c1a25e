import 'server-only';
import type { contract } from '#api/contract/index';
import { AppError } from '../errors/app-error';
import type { Handler } from '../route';
import { describeToken } from './describe-token';
import { insertToken } from './insert-token';

/** Makes a token of the person in this team. The answer is the only place where it is ever shown. */
export const createToken: Handler<typeof contract.tokens.create> = ({ actor, team, body, change }) => {
  const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
  if (expiresAt && expiresAt <= new Date()) {
    const path = ['expiresAt'];
    const issue = {
      code: 'token.expired',
      severity: 'error' as const,
      path,
      message: 'must be in the future',
    };
    throw new AppError('invalid', 'The input is not valid.', { issues: [issue] });
  }
  return change(async (tx) => {
    const { row, token } = await insertToken(tx, {
      teamId: team.id,
      userId: actor.id,
      name: body.name,
      expiresAt,
    });
    return {
      value: { ...describeToken(row), token },
      audit: { subject: `token ${row.name}`, subjectId: row.id },
    };
  });
};
