import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { enterCode } from '#server/identity/sessions/enter-code';

export const POST = route(contract.session.enterCode, enterCode);
