import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createToken } from '#server/identity/tokens/create-token';
import { listTokens } from '#server/identity/tokens/list-tokens';

export const GET = route(contract.tokens.list, listTokens);
export const POST = route(contract.tokens.create, createToken);
