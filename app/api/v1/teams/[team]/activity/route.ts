import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listActivity } from '#server/teams/list-activity';

export const GET = route(contract.team.listActivity, listActivity);
