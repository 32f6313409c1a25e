import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listSsoMethods } from '#server/identity/sso/list-sso-methods';

export const GET = route(contract.sso.methods, listSsoMethods);
