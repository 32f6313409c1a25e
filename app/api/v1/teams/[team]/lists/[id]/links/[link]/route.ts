import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { revokeLink } from '#server/sites/lists/revoke-link';

export const DELETE = route(contract.lists.revokeLink, revokeLink);
