import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { createTeam } from '#server/teams/create-team';

export const POST = route(contract.team.create, createTeam);
