import { contract } from '#api/contract/index';
import { leaveTeam } from '#server/members/leave-team';
import { route } from '#server/route';

export const DELETE = route(contract.members.leave, leaveTeam);
