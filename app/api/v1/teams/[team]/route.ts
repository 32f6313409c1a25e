import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getTeam } from '#server/identity/teams/get-team';
import { updateTeam } from '#server/identity/teams/update-team';

export const GET = route(contract.team.get, getTeam);
export const PATCH = route(contract.team.update, updateTeam);
