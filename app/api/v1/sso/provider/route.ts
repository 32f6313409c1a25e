import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { beginSso } from '#server/identity/sso/begin-sso';
import { finishSso } from '#server/identity/sso/finish-sso';

export const GET = route(contract.sso.begin, beginSso);
export const POST = route(contract.sso.finish, finishSso);
