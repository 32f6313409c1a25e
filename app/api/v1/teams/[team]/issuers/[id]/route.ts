import { contract } from '#api/contract/index';
import { removeIssuer } from '#server/issuers/remove-issuer';
import { route } from '#server/route';

export const DELETE = route(contract.issuers.remove, removeIssuer);
