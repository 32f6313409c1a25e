import 'server-only';
import { randomBytes } from 'node:crypto';
import { hashToken } from '../../door/api-token';
import { write } from '../../platform/database/write';

/**
 * Makes the one-time token with which the first admin is made, and forgets earlier ones. A person who merely reaches a fresh install
 * cannot claim it: the token is printed where the server was started.
 *
 * @returns `null` when somebody can sign in already
 */
export const makeSetupToken = (): Promise<string | null> =>
  write(async (tx) => {
    await tx.setupToken.deleteMany();
    if ((await tx.user.count()) > 0) return null;
    const token = randomBytes(32).toString('base64url');
    await tx.setupToken.create({ data: { tokenHash: hashToken(token) } });
    return token;
  });
