import 'server-only';
import * as client from 'openid-client';
import { z } from 'zod';
import type { contract } from '#api/contract/index';
import { readTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { enterOrAsk } from '../sessions/enter';
import { personOfProvider } from './person-of-provider';
import { callbackUrl, providerConfiguration, providerSettings } from './provider';

/** The claims of an ID token that are trusted; providers add much more. */
export const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().max(100).optional().catch(undefined),
});

/** Checks what the provider sent (state, nonce, PKCE, issuer, signature) and signs its person in. */
export const finishSso: Handler<typeof contract.sso.finish> = async (context) => {
  const { body, log, change } = context;
  const settings = providerSettings();
  const configuration = await providerConfiguration(settings);
  const ticket = readTicket('single-sign-on', body.ticket);
  const { verifier = '', state = '', nonce = '' } = ticket.payload;
  const url = callbackUrl(settings);
  url.search = body.answer;
  // The code counts once at the provider; the ticket once here, whatever comes of it.
  ticket.use();
  const tokens = await client
    .authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    .catch((error: unknown) => {
      log.warn({ err: error }, 'single sign-on refused');
      throw new AppError('unauthenticated', `${settings.name} did not sign you in.`, {
        hint: 'Begin again. The server’s log has the reason.',
      });
    });
  const inToken = Claims.parse(tokens.claims());
  // Providers may keep e-mail addresses out of the token and tell them only when asked.
  const claims =
    inToken.email === undefined && configuration.serverMetadata().userinfo_endpoint
      ? Claims.parse(await client.fetchUserInfo(configuration, tokens.access_token, inToken.sub))
      : inToken;
  return change(async (tx) => {
    const { userId, link } = await personOfProvider(tx, settings, claims, context);
    return enterOrAsk(tx, context, userId, { by: settings.name }, link);
  });
};
