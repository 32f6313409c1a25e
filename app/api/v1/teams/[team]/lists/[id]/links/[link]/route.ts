import { contract } from '#api/contract/index';
import { revokeLink } from '#server/lists/revoke-link';
import { route } from '#server/route';

export const DELETE = route(contract.lists.revokeLink, revokeLink);
