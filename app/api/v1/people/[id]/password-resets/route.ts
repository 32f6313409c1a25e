import { contract } from '#api/contract/index';
import { makeReset } from '#server/people/make-reset';
import { route } from '#server/route';

export const POST = route(contract.people.makeReset, makeReset);
