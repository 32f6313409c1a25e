import 'server-only';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import { env } from '../../platform/env';
import { log } from '../../platform/log';
import { secretKey } from '../../platform/secrets/secret-key';
import { singleton } from '../../platform/singleton';
import { authStore } from './auth-store';

export const passwordLength = { min: 12, max: 256 } as const;
const day = 24 * 60 * 60;

/** Starts a session for a person who has just been recognised. Called in process only: the library's HTTP handler is mounted nowhere. */
const startSession = createAuthEndpoint(
  '/start-session',
  {
    method: 'POST',
    body: z.object({
      userId: z.string(),
      ipAddress: z.string(),
      userAgent: z.string(),
      provenAt: z.date().nullable(),
    }),
  },
  async (ctx) => {
    const { userId, ipAddress, userAgent, provenAt } = ctx.body;
    const user = await ctx.context.internalAdapter.findUserById(userId);
    if (!user) throw new Error('there is no such user');
    const session = await ctx.context.internalAdapter.createSession(
      userId,
      false,
      { ipAddress, userAgent, provenAt },
      true,
    );
    await setSessionCookie(ctx, { session, user });
    return { id: session.id };
  },
);

const make = () => {
  const { publicOrigin, host, port } = env();
  const origin = publicOrigin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const logger = log().child({ part: 'auth' });
  return betterAuth({
    appName: 'Gatehouse',
    baseURL: origin,
    secret: secretKey().derive('session cookies v1').toString('base64'),
    database: prismaAdapter(authStore(), { provider: 'sqlite', transaction: false }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    // A cached session would outlive its revocation.
    session: {
      expiresIn: 7 * day,
      updateAge: day,
      cookieCache: { enabled: false },
      additionalFields: { provenAt: { type: 'date', required: false, input: false } },
    },
    advanced: {
      cookiePrefix: 'gatehouse',
      useSecureCookies: origin.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: false },
    },
    // The door limits rates.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_, message) => logger.error(message) },
    plugins: [{ id: 'gatehouse', endpoints: { startSession } }],
  });
};

/** Sessions, cookies and password hashes by better-auth. Another key than before signs other cookies: people sign in again. */
export const auth = (): ReturnType<typeof make> => singleton(`auth.${secretKey().id}`, make);
