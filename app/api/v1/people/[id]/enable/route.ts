import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { enablePerson } from '#server/identity/people/enable-person';

export const POST = route(contract.people.enable, enablePerson);
