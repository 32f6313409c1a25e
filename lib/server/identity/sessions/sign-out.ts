import 'server-only';
import type { contract } from '#api/contract/index';
import { auth } from '../../door/auth/auth';
import type { Handler } from '../../door/route';
import { endSession } from './end-session';

/** Ends the session of this request and takes its cookie back. */
export const signOut: Handler<typeof contract.session.signOut> = async ({ actor, answer, change }) => {
  const { via } = actor;
  if (via.kind !== 'session') throw new Error('the gate lets sessions in only');
  await change((tx) => endSession(tx, actor, via.sessionId));
  // Without a cookie to look at, the library deletes no session but still makes the header that expires it.
  const { headers } = await auth().api.signOut({ headers: new Headers(), returnHeaders: true });
  for (const cookie of headers.getSetCookie()) answer.append('set-cookie', cookie);
  return undefined;
};
