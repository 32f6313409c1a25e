import { contract } from '#api/contract/index';
import { exportActivity } from '#server/activity/export-activity';
import { route } from '#server/route';

export const GET = route(contract.activity.export, exportActivity);
