import { contract } from '#api/contract/index';
import { createPasskey } from '#server/passkeys/create-passkey';
import { listPasskeys } from '#server/passkeys/list-passkeys';
import { route } from '#server/route';

export const GET = route(contract.passkeys.list, listPasskeys);
export const POST = route(contract.passkeys.create, createPasskey);
