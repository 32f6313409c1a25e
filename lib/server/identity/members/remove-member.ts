import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { endMembership } from './end-membership';

/** Removes a member; see `endMembership` for what ends with it. */
export const removeMember: Handler<typeof contract.members.remove> = ({ params, change }) =>
  change((tx) => endMembership(tx, params.id));
