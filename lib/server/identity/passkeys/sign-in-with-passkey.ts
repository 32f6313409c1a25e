import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { enter } from '../sessions/enter';
import { verifyPasskey } from './verify-passkey';

/** Starts a session for the owner of a passkey. The device asked for a finger, face or PIN, so no further factor is asked for. */
export const signInWithPasskey: Handler<typeof contract.passkeys.signIn> = async (context) => {
  const { row, use } = await verifyPasskey(context, context.body);
  return context.change(async (tx) => {
    await use(tx);
    return enter(tx, context, row.userId, { by: `passkey ${row.name}` });
  });
};
