import { contract } from '#api/contract/index';
import { removeIssuer } from '#server/certificates/issuers/remove-issuer';
import { route } from '#server/door/route';

export const DELETE = route(contract.issuers.remove, removeIssuer);
