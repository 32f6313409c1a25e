import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { removePasskey } from '#server/identity/passkeys/remove-passkey';
import { renamePasskey } from '#server/identity/passkeys/rename-passkey';

export const PATCH = route(contract.passkeys.rename, renamePasskey);
export const DELETE = route(contract.passkeys.remove, removePasskey);
