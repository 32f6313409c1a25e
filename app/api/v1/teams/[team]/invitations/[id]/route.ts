import { contract } from '#api/contract/index';
import { revokeInvitation } from '#server/invitations/revoke-invitation';
import { route } from '#server/route';

export const DELETE = route(contract.invitations.revoke, revokeInvitation);
