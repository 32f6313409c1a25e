import 'server-only';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { contract } from '#api/contract/index';
import { readTicket } from '../auth/ticket';
import { AppError } from '../errors/app-error';
import type { Handler } from '../route';
import { enter } from '../sessions/enter';
import { relyingParty } from './relying-party';

const refused = () =>
  new AppError('unauthenticated', 'This passkey signs nobody in here.', {
    hint: 'It may have been removed. Sign in another way, then add it again in Settings.',
  });

/** Starts a session for the owner of a passkey. The device asked for a finger, face or PIN, so no further factor is asked for. */
export const signInWithPasskey: Handler<typeof contract.passkeys.signIn> = async (context) => {
  const { body, db, origin, log, address } = context;
  const ticket = readTicket('passkey-sign-in', body.ticket);
  const { id, ...response } = body.credential;
  const row = await db.passkey.findUnique({ where: { credentialId: id }, include: { user: true } });
  if (!row || row.user.disabledAt !== null) throw refused();
  const verified = await verifyAuthenticationResponse({
    response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
    expectedChallenge: ticket.payload.challenge ?? '',
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin),
    credential: { id, publicKey: Uint8Array.from(row.publicKey), counter: row.counter },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.warn({ err: error, userId: row.userId, address }, 'passkey refused');
    throw refused();
  });
  if (!verified.verified) throw refused();
  const { newCounter } = verified.authenticationInfo;
  return context.change(async (tx) => {
    ticket.use();
    // Removed or disabled meanwhile: the sign-in comes too late.
    const { count } = await tx.passkey.updateMany({
      where: { id: row.id, user: { disabledAt: null } },
      data: { counter: newCounter, lastUsedAt: new Date() },
    });
    if (count !== 1) throw refused();
    return enter(tx, context, row.userId, { by: `passkey ${row.name}` });
  });
};
