import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getSession } from '#server/identity/sessions/get-session';
import { signIn } from '#server/identity/sessions/sign-in';
import { signOut } from '#server/identity/sessions/sign-out';

export const GET = route(contract.session.get, getSession);
export const POST = route(contract.session.signIn, signIn);
export const DELETE = route(contract.session.signOut, signOut);
