import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { makeAdministrator } from '#server/identity/people/make-administrator';
import { unmakeAdministrator } from '#server/identity/people/unmake-administrator';

export const PUT = route(contract.people.makeAdministrator, makeAdministrator);
export const DELETE = route(contract.people.unmakeAdministrator, unmakeAdministrator);
