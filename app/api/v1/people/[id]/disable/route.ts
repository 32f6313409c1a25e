import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { disablePerson } from '#server/identity/people/disable-person';

export const POST = route(contract.people.disable, disablePerson);
