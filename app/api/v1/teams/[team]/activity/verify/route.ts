import { contract } from '#api/contract/index';
import { verifyActivity } from '#server/activity/verify-activity';
import { route } from '#server/route';

export const GET = route(contract.activity.verify, verifyActivity);
