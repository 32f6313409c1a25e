import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getTeam } from '#server/teams/get-team';

export const GET = route(contract.team.get, getTeam);
