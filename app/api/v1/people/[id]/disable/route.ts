import { contract } from '#api/contract/index';
import { disablePerson } from '#server/people/disable-person';
import { route } from '#server/route';

export const POST = route(contract.people.disable, disablePerson);
