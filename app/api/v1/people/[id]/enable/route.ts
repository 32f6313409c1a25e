import { contract } from '#api/contract/index';
import { enablePerson } from '#server/people/enable-person';
import { route } from '#server/route';

export const POST = route(contract.people.enable, enablePerson);
