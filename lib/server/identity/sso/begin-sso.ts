import 'server-only';
import * as client from 'openid-client';
import type { contract } from '#api/contract/index';
import { issueTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { callbackUrl, providerConfiguration, providerSettings } from './provider';

/** Begins the authorization code flow with PKCE, state and nonce. What belongs to it stays sealed in the ticket, in the tab that began. */
export const beginSso: Handler<typeof contract.sso.begin> = async () => {
  const settings = providerSettings();
  const configuration = await providerConfiguration(settings);
  const [verifier, state, nonce] = [
    client.randomPKCECodeVerifier(),
    client.randomState(),
    client.randomNonce(),
  ];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callbackUrl(settings).href,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { url: url.href, ticket: issueTicket('single-sign-on', { verifier, state, nonce }) };
};
