import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getSession } from '#server/sessions/get-session';
import { signIn } from '#server/sessions/sign-in';
import { signOut } from '#server/sessions/sign-out';

export const GET = route(contract.session.get, getSession);
export const POST = route(contract.session.signIn, signIn);
export const DELETE = route(contract.session.signOut, signOut);
