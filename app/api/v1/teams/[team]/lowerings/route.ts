import { contract } from '#api/contract/index';
import { askLowering } from '#server/changes/lowerings/ask-lowering';
import { listLowerings } from '#server/changes/lowerings/list-lowerings';
import { route } from '#server/door/route';

export const GET = route(contract.lowerings.list, listLowerings);
export const POST = route(contract.lowerings.ask, askLowering);
