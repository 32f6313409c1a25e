import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listActivity } from '#server/operation/activity/list-activity';

export const GET = route(contract.activity.list, listActivity);
