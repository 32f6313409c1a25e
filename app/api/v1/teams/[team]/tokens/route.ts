import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { createToken } from '#server/tokens/create-token';
import { listTokens } from '#server/tokens/list-tokens';

export const GET = route(contract.tokens.list, listTokens);
export const POST = route(contract.tokens.create, createToken);
