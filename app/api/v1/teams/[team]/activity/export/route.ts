import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { exportActivity } from '#server/operation/activity/export-activity';

export const GET = route(contract.activity.export, exportActivity);
