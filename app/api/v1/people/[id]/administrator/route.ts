import { contract } from '#api/contract/index';
import { makeAdministrator } from '#server/people/make-administrator';
import { unmakeAdministrator } from '#server/people/unmake-administrator';
import { route } from '#server/route';

export const PUT = route(contract.people.makeAdministrator, makeAdministrator);
export const DELETE = route(contract.people.unmakeAdministrator, unmakeAdministrator);
