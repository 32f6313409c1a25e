import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { endSession } from './end-session';

/** Ends one of the person's own sessions, here or elsewhere. */
export const revokeDevice: Handler<typeof contract.session.revokeDevice> = ({ actor, params, change }) =>
  change((tx) => endSession(tx, actor, params.id));
