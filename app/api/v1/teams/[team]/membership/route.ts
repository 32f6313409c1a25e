import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { leaveTeam } from '#server/identity/members/leave-team';

export const DELETE = route(contract.members.leave, leaveTeam);
