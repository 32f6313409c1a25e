import { contract } from '#api/contract/index';
import { confirmLowering } from '#server/lowerings/confirm-lowering';
import { route } from '#server/route';

export const POST = route(contract.lowerings.confirm, confirmLowering);
