import { contract } from '#api/contract/index';
import { cancelLowering } from '#server/changes/lowerings/cancel-lowering';
import { route } from '#server/door/route';

export const DELETE = route(contract.lowerings.cancel, cancelLowering);
