import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createPasskey } from '#server/identity/passkeys/create-passkey';
import { listPasskeys } from '#server/identity/passkeys/list-passkeys';

export const GET = route(contract.passkeys.list, listPasskeys);
export const POST = route(contract.passkeys.create, createPasskey);
