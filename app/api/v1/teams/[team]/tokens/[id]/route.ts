import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { revokeToken } from '#server/identity/tokens/revoke-token';

export const DELETE = route(contract.tokens.revoke, revokeToken);
