import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { signInByProxy } from '#server/sso/sign-in-by-proxy';

export const POST = route(contract.sso.byProxy, signInByProxy);
