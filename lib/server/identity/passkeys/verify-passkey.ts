import 'server-only';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { UsedCredential } from '#api/contract/passkeys';
import { readTicket } from '../../door/auth/ticket';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import type { Logger } from '../../platform/log';
import { relyingParty } from './relying-party';

const refused = () =>
  new AppError('unauthenticated', 'This passkey is not known here.', {
    hint: 'It may have been removed. Sign in another way, then add it again in Settings.',
  });

interface Asked {
  readonly db: ReadDb;
  readonly origin: string;
  readonly log: Logger;
  readonly address: string;
}
interface Given {
  readonly ticket: string;
  readonly credential: z.output<typeof UsedCredential>;
}

/**
 * Whose passkey it is, when the device has proven itself for this very request and asked for a finger, face or PIN. `use` marks ticket and passkey as used,
 * inside the transaction of what follows.
 *
 * @throws AppError `unauthenticated`
 */
export async function verifyPasskey({ db, origin, log, address }: Asked, given: Given) {
  const ticket = readTicket('passkey-sign-in', given.ticket);
  const { id, ...response } = given.credential;
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
  const use = async (tx: WriteDb) => {
    ticket.use();
    // Removed or disabled meanwhile: it comes too late.
    const { count } = await tx.passkey.updateMany({
      where: { id: row.id, user: { disabledAt: null } },
      data: { counter: newCounter, lastUsedAt: new Date() },
    });
    if (count !== 1) throw refused();
  };
  return { row, use };
}
