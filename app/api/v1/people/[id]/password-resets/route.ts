import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { makeReset } from '#server/identity/people/make-reset';

export const POST = route(contract.people.makeReset, makeReset);
