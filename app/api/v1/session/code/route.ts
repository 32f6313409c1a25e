import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { enterCode } from '#server/sessions/enter-code';

export const POST = route(contract.session.enterCode, enterCode);
