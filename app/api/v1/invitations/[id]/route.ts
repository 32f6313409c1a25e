import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { lookAtInvitation } from '#server/identity/invitations/look-at-invitation';

export const GET = route(contract.invitations.look, lookAtInvitation);
