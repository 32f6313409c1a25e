import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { beginSso } from '#server/sso/begin-sso';
import { finishSso } from '#server/sso/finish-sso';

export const GET = route(contract.sso.begin, beginSso);
export const POST = route(contract.sso.finish, finishSso);
