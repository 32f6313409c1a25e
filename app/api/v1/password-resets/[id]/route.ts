import { contract } from '#api/contract/index';
import { resetPassword } from '#server/people/reset-password';
import { route } from '#server/route';

export const POST = route(contract.people.resetPassword, resetPassword);
