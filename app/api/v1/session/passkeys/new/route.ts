import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { preparePasskey } from '#server/identity/passkeys/prepare-passkey';

export const GET = route(contract.passkeys.prepare, preparePasskey);
