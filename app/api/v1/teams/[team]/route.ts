import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getTeam } from '#server/teams/get-team';
import { updateTeam } from '#server/teams/update-team';

export const GET = route(contract.team.get, getTeam);
export const PATCH = route(contract.team.update, updateTeam);
