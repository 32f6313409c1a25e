import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { changePassword } from '#server/sessions/change-password';

export const PUT = route(contract.session.changePassword, changePassword);
