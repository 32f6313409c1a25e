import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { revokeInvitation } from '#server/identity/invitations/revoke-invitation';

export const DELETE = route(contract.invitations.revoke, revokeInvitation);
