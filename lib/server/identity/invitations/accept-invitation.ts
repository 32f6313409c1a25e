import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeSession } from '../sessions/describe-session';
import { takeInvitation } from './take-invitation';

/** Makes the signed-in person a member. The link counts, not the address that it was written for; the record names both. */
export const acceptInvitation: Handler<typeof contract.invitations.accept> = ({
  actor,
  params,
  body,
  change,
}) =>
  change(async (tx) => {
    const audit = await takeInvitation(tx, { id: params.id, secret: body.secret }, actor);
    return { value: await describeSession(tx, actor.id), audit };
  });
