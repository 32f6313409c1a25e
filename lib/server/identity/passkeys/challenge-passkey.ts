import 'server-only';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { contract } from '#api/contract/index';
import { issueTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { relyingParty } from './relying-party';

/** Options for signing in: the device says who it belongs to, so nobody learns here who has a passkey. */
export const challengePasskey: Handler<typeof contract.passkeys.challenge> = async ({ origin }) => {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(origin),
    userVerification: 'required',
  });
  return {
    ticket: issueTicket('passkey-sign-in', { challenge: options.challenge }),
    options: { ...options },
  };
};
