import { contract } from '#api/contract/index';
import { preparePasskey } from '#server/passkeys/prepare-passkey';
import { route } from '#server/route';

export const GET = route(contract.passkeys.prepare, preparePasskey);
