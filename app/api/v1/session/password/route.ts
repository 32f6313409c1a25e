import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { changePassword } from '#server/identity/sessions/change-password';

export const PUT = route(contract.session.changePassword, changePassword);
