import { contract } from '#api/contract/index';
import { removePasskey } from '#server/passkeys/remove-passkey';
import { renamePasskey } from '#server/passkeys/rename-passkey';
import { route } from '#server/route';

export const PATCH = route(contract.passkeys.rename, renamePasskey);
export const DELETE = route(contract.passkeys.remove, removePasskey);
