import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getProof } from '#server/sessions/get-proof';
import { prove } from '#server/sessions/prove';

export const GET = route(contract.proof.get, getProof);
export const POST = route(contract.proof.give, prove);
