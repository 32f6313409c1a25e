import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { verifyActivity } from '#server/operation/activity/verify-activity';

export const GET = route(contract.activity.verify, verifyActivity);
