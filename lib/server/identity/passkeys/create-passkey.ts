import 'server-only';
import { verifyRegistrationResponse } from '@simplewebauthn/server';
import type { contract } from '#api/contract/index';
import { readTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { auditOfFactor } from '../factors/audit-of-factor';
import { assertPassword } from '../people/assert-password';
import { describePasskey } from './describe-passkey';
import { relyingParty } from './relying-party';

const refused = () =>
  new AppError('bad-request', 'The browser’s answer does not belong to this passkey.', {
    hint: 'Begin again.',
  });

/** Keeps the public key of a passkey that was made for this very request. */
export const createPasskey: Handler<typeof contract.passkeys.create> = async (context) => {
  const { actor, db, body, change, origin, log } = context;
  const ticket = readTicket('passkey-registration', body.ticket);
  if (ticket.payload.userId !== actor.id) throw refused();
  await assertPassword(db, actor.id, body.password, 'password');
  const { id, clientDataJSON, attestationObject, transports } = body.credential;
  const verified = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject },
    },
    expectedChallenge: ticket.payload.challenge ?? '',
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin),
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.warn({ err: error, userId: actor.id }, 'passkey refused');
    throw refused();
  });
  if (!verified.verified) throw refused();
  const { credential } = verified.registrationInfo;
  return change(async (tx) => {
    ticket.use();
    const row = await tx.passkey.create({
      data: {
        userId: actor.id,
        name: body.name,
        credentialId: credential.id,
        publicKey: Uint8Array.from(credential.publicKey),
        counter: credential.counter,
        transports: transports.join(','),
      },
    });
    return { value: describePasskey(row), audit: await auditOfFactor(tx, actor, `passkey ${row.name}`) };
  });
};
