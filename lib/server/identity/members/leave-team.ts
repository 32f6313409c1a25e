import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { endMembership } from './end-membership';

/** The person's own way out of a team. */
export const leaveTeam: Handler<typeof contract.members.leave> = ({ actor, change }) =>
  change((tx) => endMembership(tx, actor.id));
