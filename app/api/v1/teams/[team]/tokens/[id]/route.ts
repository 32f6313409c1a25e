import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { revokeToken } from '#server/tokens/revoke-token';

export const DELETE = route(contract.tokens.revoke, revokeToken);
