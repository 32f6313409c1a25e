import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createList } from '#server/sites/lists/create-list';
import { listLists } from '#server/sites/lists/list-lists';

export const GET = route(contract.lists.list, listLists);
export const POST = route(contract.lists.create, createList);
