import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getProof } from '#server/identity/sessions/get-proof';
import { prove } from '#server/identity/sessions/prove';

export const GET = route(contract.proof.get, getProof);
export const POST = route(contract.proof.give, prove);
