import { contract } from '#api/contract/index';
import { challengePasskey } from '#server/passkeys/challenge-passkey';
import { signInWithPasskey } from '#server/passkeys/sign-in-with-passkey';
import { route } from '#server/route';

export const GET = route(contract.passkeys.challenge, challengePasskey);
export const POST = route(contract.passkeys.signIn, signInWithPasskey);
