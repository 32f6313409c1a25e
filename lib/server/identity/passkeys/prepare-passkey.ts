import 'server-only';
import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { contract } from '#api/contract/index';
import { issueTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { relyingParty } from './relying-party';

/** Options for a new passkey of the person: one that needs no name to sign in with, and that asks who holds the device. */
export const preparePasskey: Handler<typeof contract.passkeys.prepare> = async ({ db, actor, origin }) => {
  const known = await db.passkey.findMany({ where: { userId: actor.id } });
  const options = await generateRegistrationOptions({
    rpName: 'Gatehouse',
    rpID: relyingParty(origin),
    userID: new TextEncoder().encode(actor.id),
    userName: actor.email,
    userDisplayName: actor.name,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const ticket = issueTicket('passkey-registration', { userId: actor.id, challenge: options.challenge });
  return { ticket, options: { ...options } };
};
