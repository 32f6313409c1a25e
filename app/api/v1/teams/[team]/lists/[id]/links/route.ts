import { contract } from '#api/contract/index';
import { createLink } from '#server/lists/create-link';
import { route } from '#server/route';

export const POST = route(contract.lists.createLink, createLink);
