import { contract } from '#api/contract/index';
import { createIssuer } from '#server/issuers/create-issuer';
import { listIssuers } from '#server/issuers/list-issuers';
import { route } from '#server/route';

export const GET = route(contract.issuers.list, listIssuers);
export const POST = route(contract.issuers.create, createIssuer);
