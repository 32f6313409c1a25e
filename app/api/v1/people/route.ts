import { contract } from '#api/contract/index';
import { listPeople } from '#server/people/list-people';
import { route } from '#server/route';

export const GET = route(contract.people.list, listPeople);
