import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createTeam } from '#server/identity/teams/create-team';

export const POST = route(contract.team.create, createTeam);
