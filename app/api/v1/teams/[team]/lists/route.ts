import { contract } from '#api/contract/index';
import { createList } from '#server/lists/create-list';
import { listLists } from '#server/lists/list-lists';
import { route } from '#server/route';

export const GET = route(contract.lists.list, listLists);
export const POST = route(contract.lists.create, createList);
