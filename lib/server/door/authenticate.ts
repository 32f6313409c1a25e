import 'server-only';
import { readScopes, type Scopes } from '#core/access/scopes';
import { Prisma } from '../../generated/prisma/client';
import { db } from '../platform/database/db';
import { readDoorRows } from '../platform/database/read-door-rows';
import { write } from '../platform/database/write';
import { AppError } from '../platform/errors/app-error';
import { hashToken } from './api-token';
import { auth } from './auth/auth';
import type { Actor } from './context';
import { limitRate } from './limit-rate';
import { networkOf } from './network-of';
import { proxyPerson } from './proxy-person';

export interface Recognised {
  readonly actor: Actor;
  /** The one team that an API token is for; `null` for a session. */
  readonly teamId: string | null;
  /** What the API token is for; `null` for a session, which may do whatever the person may. */
  readonly scopes: Scopes;
  /** When the session’s person last gave a password, passkey or code; `null` for a token. */
  readonly provenAt: Date | null;
  /** Cookies that the session's renewal asks for. */
  readonly cookies: readonly string[];
}

const unauthenticated = (message: string) => new AppError('unauthenticated', message);
const minute = 60_000;

interface TokenRow {
  readonly id: string;
  readonly teamId: string;
  readonly scopes: unknown;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly administrator: boolean;
  readonly disabledAt: Date | null;
}

/** A token with its owner, in one statement, since every request asks it. */
const tokenRows = (hash: string) =>
  readDoorRows<TokenRow>(Prisma.sql`
    SELECT t."id", t."teamId", t."scopes", t."expiresAt", t."lastUsedAt", t."revokedAt",
      u."id" AS "userId", u."name", u."email", u."administrator", u."disabledAt"
    FROM "ApiToken" t JOIN "User" u ON u."id" = t."userId" WHERE t."tokenHash" = ${hash}`);

async function byToken(authorization: string, address: string): Promise<Recognised> {
  const token = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(authorization)?.[1];
  const [row] = token ? await tokenRows(hashToken(token)) : [];
  const now = new Date();
  const valid =
    row &&
    row.revokedAt === null &&
    (row.expiresAt === null || row.expiresAt > now) &&
    row.disabledAt === null;
  if (!valid) {
    // Guessing is hopeless with 256 bits; this keeps it from filling the log and the processor.
    await limitRate(`bad-token ${networkOf(address)}`, { points: 30, perSeconds: 60 });
    throw unauthenticated('This API token is not valid.');
  }
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > minute) {
    await write((tx) => tx.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } }));
  }
  const { userId, name, email, administrator } = row;
  return {
    actor: { id: userId, name, email, administrator, via: { kind: 'token', tokenId: row.id } },
    teamId: row.teamId,
    scopes: readScopes(row.scopes),
    provenAt: null,
    cookies: [],
  };
}

async function bySession(headers: Headers): Promise<Recognised> {
  const { response, headers: answer } = await auth().api.getSession({
    headers: new Headers({ cookie: headers.get('cookie') ?? '' }),
    query: { disableCookieCache: true },
    returnHeaders: true,
  });
  const session =
    response &&
    (await db().session.findUnique({ where: { id: response.session.id }, include: { user: true } }));
  if (!session || session.user.disabledAt !== null) throw unauthenticated('Sign in first.');
  const { user, provenAt } = session;
  // Somebody else signed in at the proxy: the session is not theirs.
  const named = proxyPerson(headers);
  if (named !== null && named !== user.email) throw unauthenticated('Sign in first.');
  const { id, name, email, administrator } = user;
  return {
    actor: { id, name, email, administrator, via: { kind: 'session', sessionId: session.id } },
    teamId: null,
    scopes: null,
    provenAt,
    cookies: answer.getSetCookie(),
  };
}

/** True when the caller brings a token of its own accord; only a browser's cookie can be sent against its owner's will. */
export const bringsToken = (headers: Headers) => headers.has('authorization');

/**
 * Finds out who is asking, from the database at every request: an ended session, revoked token or disabled person stops at once.
 *
 * @throws AppError `unauthenticated`
 */
export function authenticate(headers: Headers, address: string): Promise<Recognised> {
  const authorization = headers.get('authorization');
  return authorization === null ? bySession(headers) : byToken(authorization, address);
}
