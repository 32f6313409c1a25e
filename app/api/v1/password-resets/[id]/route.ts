import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { resetPassword } from '#server/identity/people/reset-password';

export const POST = route(contract.people.resetPassword, resetPassword);
