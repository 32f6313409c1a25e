import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listPeople } from '#server/identity/people/list-people';

export const GET = route(contract.people.list, listPeople);
