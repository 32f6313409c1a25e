import { contract } from '#api/contract/index';
import { createIssuer } from '#server/certificates/issuers/create-issuer';
import { listIssuers } from '#server/certificates/issuers/list-issuers';
import { route } from '#server/door/route';

export const GET = route(contract.issuers.list, listIssuers);
export const POST = route(contract.issuers.create, createIssuer);
