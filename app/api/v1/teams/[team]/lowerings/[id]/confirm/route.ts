import { contract } from '#api/contract/index';
import { confirmLowering } from '#server/changes/lowerings/confirm-lowering';
import { route } from '#server/door/route';

export const POST = route(contract.lowerings.confirm, confirmLowering);
