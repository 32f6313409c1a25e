import { contract } from '#api/contract/index';
import { listActivity } from '#server/activity/list-activity';
import { route } from '#server/route';

export const GET = route(contract.activity.list, listActivity);
