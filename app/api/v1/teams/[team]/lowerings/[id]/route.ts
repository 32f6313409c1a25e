import { contract } from '#api/contract/index';
import { cancelLowering } from '#server/lowerings/cancel-lowering';
import { route } from '#server/route';

export const DELETE = route(contract.lowerings.cancel, cancelLowering);
