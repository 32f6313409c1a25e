import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listSsoMethods } from '#server/sso/list-sso-methods';

export const GET = route(contract.sso.methods, listSsoMethods);
