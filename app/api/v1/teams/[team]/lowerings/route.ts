import { contract } from '#api/contract/index';
import { askLowering } from '#server/lowerings/ask-lowering';
import { listLowerings } from '#server/lowerings/list-lowerings';
import { route } from '#server/route';

export const GET = route(contract.lowerings.list, listLowerings);
export const POST = route(contract.lowerings.ask, askLowering);
