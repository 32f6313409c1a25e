import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createLink } from '#server/sites/lists/create-link';

export const POST = route(contract.lists.createLink, createLink);
