import 'server-only';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { env } from '../../platform/env';
import { AppError } from '../../platform/errors/app-error';
import { log } from '../../platform/log';
import type { OidcSettings } from '../../platform/sign-in-settings';
import { singleton } from '../../platform/singleton';

type Settings = OidcSettings;
const cache = () => singleton('oidc', () => ({ found: null as Promise<client.Configuration> | null }));

/** The settings of the provider. @throws AppError `not-found` where none is set up */
export function providerSettings(): Settings {
  const { oidc } = env();
  if (oidc) return oidc;
  throw new AppError('not-found', 'Single sign-on is not set up here.', {
    hint: 'Sign in with your password or a passkey.',
  });
}

function discover({ issuer, clientId, clientSecretFile }: Settings): Promise<client.Configuration> {
  const secret = clientSecretFile === null ? null : readFileSync(clientSecretFile, 'utf8').trim();
  const authentication = secret === null ? client.None() : client.ClientSecretBasic(secret);
  // The settings let plain HTTP pass for this machine only.
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  return client.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: 10 });
}

/** What the provider says of itself, asked once and again after a failure. @throws AppError `unreachable` */
export async function providerConfiguration(settings: Settings): Promise<client.Configuration> {
  const held = cache();
  held.found ??= discover(settings);
  try {
    return await held.found;
  } catch (error) {
    held.found = null;
    log().error({ err: error, issuer: settings.issuer }, 'the OpenID provider cannot be used');
    throw new AppError('unreachable', `${settings.name} does not answer as expected.`, {
      hint: 'Try again, or sign in with your password. The server’s log has the reason.',
    });
  }
}

/** Where people come back to; the provider must know this address. */
export const callbackUrl = ({ publicOrigin }: Settings): URL => new URL('/sign-in/back', publicOrigin);
