import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { signInByProxy } from '#server/identity/sso/sign-in-by-proxy';

export const POST = route(contract.sso.byProxy, signInByProxy);
