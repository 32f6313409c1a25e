import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { challengePasskey } from '#server/identity/passkeys/challenge-passkey';
import { signInWithPasskey } from '#server/identity/passkeys/sign-in-with-passkey';

export const GET = route(contract.passkeys.challenge, challengePasskey);
export const POST = route(contract.passkeys.signIn, signInWithPasskey);
